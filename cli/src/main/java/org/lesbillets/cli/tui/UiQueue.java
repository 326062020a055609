package org.lesbillets.cli.tui;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.lesbillets.cli.tui.event.UiEvent;
import org.lesbillets.cli.tui.event.WatchEvent;

/**
 * The bounded queue of the live view's events: two FIFOs, of which keys and results of effects have
 * priority over events from the server. Many producers, one consumer, the loop.
 *
 * <p>Events from the server are bounded at {@value #MOST_FROM_SERVER}; a producer beyond that
 * blocks (back-pressure). The others are bounded by what a person types, and by the effects under
 * way.
 */
final class UiQueue {
  private static final int MOST_FROM_SERVER = 1_024;

  /** The weight of a part of a snapshot; that of an event is 1. */
  private static final int PART = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Deque<UiEvent> urgent = new ArrayDeque<>();
  private final Deque<WatchEvent> fromServer = new ArrayDeque<>();
  private int weight;
  private boolean closed;

  /**
   * Adds an event; any thread. One from the server blocks its producer while the bound is reached
   * (back-pressure), and is dropped once the queue is closed, or on an interrupt.
   */
  void put(UiEvent event) {
    lock.lock();
    try {
      if (event instanceof WatchEvent one) {
        putBounded(one);
      } else {
        urgent.add(event);
        filled.signal();
      }
    } catch (InterruptedException e) {
      // The service is being closed, and waits for the thread of the watch.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void putBounded(WatchEvent event) throws InterruptedException {
    while (weight >= MOST_FROM_SERVER && !closed) {
      emptied.await();
    }
    if (!closed) {
      fromServer.add(event);
      weight += weight(event);
      filled.signal();
    }
  }

  private static int weight(WatchEvent event) {
    return event instanceof WatchEvent.SnapshotLoaded ? PART : 1;
  }

  /** Removes the next event; null after a timeout. */
  UiEvent take(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (urgent.isEmpty() && fromServer.isEmpty()) {
        if (left <= 0) {
          return null;
        }
        left = filled.awaitNanos(left);
      }
      return urgent.isEmpty() ? nextFromServer() : urgent.poll();
    } finally {
      lock.unlock();
    }
  }

  private UiEvent nextFromServer() {
    WatchEvent event = fromServer.poll();
    weight -= weight(event);
    emptied.signal();
    return event;
  }

  /** Removes every event. */
  List<UiEvent> drain() {
    List<UiEvent> left = new ArrayList<>();
    lock.lock();
    try {
      left.addAll(urgent);
      urgent.clear();
      while (!fromServer.isEmpty()) {
        left.add(nextFromServer());
      }
    } finally {
      lock.unlock();
    }
    return left;
  }

  /** Nothing is consumed any more: releases the blocked producers. */
  void close() {
    lock.lock();
    try {
      closed = true;
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many events are queued, for tests. */
  int size() {
    lock.lock();
    try {
      return urgent.size() + fromServer.size();
    } finally {
      lock.unlock();
    }
  }
}

package org.lesbillets.cli.tui;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.lesbillets.cli.tui.live.LiveNews;
import org.lesbillets.cli.tui.update.UiEvent;

/**
 * What waits for the thread of the live view, which takes keys and answers before news of the desk.
 * Many threads put, one takes. News have a bound, {@value #MOST_NEWS} events: who puts more waits.
 * The rest is bounded by what a person types and has asked for.
 */
final class UiQueue {
  private static final int MOST_NEWS = 1_024;

  /** What a part of a snapshot counts for. */
  private static final int PART = 256;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition filled = lock.newCondition();
  private final Condition emptied = lock.newCondition();
  private final Deque<UiEvent> first = new ArrayDeque<>();
  private final Deque<LiveNews> news = new ArrayDeque<>();
  private int weight;
  private boolean closed;

  /** Puts a key, an answer, or whatever else is not to wait behind the desk's news. */
  void put(UiEvent event) {
    lock.lock();
    try {
      first.add(event);
      filled.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Puts news; waits for room. They are dropped when nobody takes any more, or on an interrupt. */
  void putNews(LiveNews one) {
    lock.lock();
    try {
      while (weight >= MOST_NEWS && !closed) {
        emptied.await();
      }
      if (closed) {
        return;
      }
      news.add(one);
      weight += weight(one);
      filled.signal();
    } catch (InterruptedException e) {
      // The desk is being closed, and waits for the thread that watches.
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private static int weight(LiveNews one) {
    return one instanceof LiveNews.Told ? PART : 1;
  }

  /** The next event, or null when none came in time. */
  UiEvent take(Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (first.isEmpty() && news.isEmpty()) {
        if (left <= 0) {
          return null;
        }
        left = filled.awaitNanos(left);
      }
      return first.isEmpty() ? nextNews() : first.poll();
    } finally {
      lock.unlock();
    }
  }

  private UiEvent nextNews() {
    LiveNews one = news.poll();
    weight -= weight(one);
    emptied.signal();
    return new UiEvent.News(one);
  }

  /** Takes all that waits. */
  void drain(Consumer<UiEvent> taker) {
    List<UiEvent> left = new ArrayList<>();
    lock.lock();
    try {
      left.addAll(first);
      first.clear();
      while (!news.isEmpty()) {
        left.add(nextNews());
      }
    } finally {
      lock.unlock();
    }
    left.forEach(taker);
  }

  /** Nobody takes any more: who waits for room goes on. */
  void close() {
    lock.lock();
    try {
      closed = true;
      emptied.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many events wait, for tests. */
  int size() {
    lock.lock();
    try {
      return first.size() + news.size();
    } finally {
      lock.unlock();
    }
  }
}

package org.lesbillets.server.pubsub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Publish and subscribe: carries announcements to every subscription, in one order. Any thread may
 * publish; a full subscription blocks the publisher (back-pressure), whose own queue is bounded.
 * Subscribers never block, so the wait is short.
 */
public final class EventChannel<T> {
  private final List<Subscription<T>> subscriptions = new CopyOnWriteArrayList<>();

  /**
   * Subscribes to everything published from now on.
   *
   * @param capacity bound on the queued announcements, 1 or more
   */
  public Subscription<T> subscribe(int capacity) {
    Subscription<T> subscription = new Subscription<>(this, capacity);
    subscriptions.add(subscription);
    return subscription;
  }

  /**
   * Adds {@code announcement} to every subscription; blocks while one is full.
   *
   * @throws IllegalStateException if the thread is interrupted while it waits
   */
  public void publish(T announcement) {
    for (Subscription<T> subscription : subscriptions) {
      subscription.put(announcement);
    }
  }

  void remove(Subscription<T> subscription) {
    subscriptions.remove(subscription);
  }
}

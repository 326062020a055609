package org.lesbillets.server.pubsub;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Carries announcements to every subscription, in one order.
 *
 * <p>Any thread may publish. A subscription that is full makes the publisher wait: subscribers
 * never block, so the wait is short, and the bound of the publisher's own queue is what callers
 * feel.
 */
public final class EventChannel<T> {
  private final List<Subscription<T>> subscriptions = new CopyOnWriteArrayList<>();

  /**
   * Hears everything published from now on.
   *
   * @param capacity how many announcements may wait in it, 1 or more
   */
  public Subscription<T> subscribe(int capacity) {
    Subscription<T> subscription = new Subscription<>(this, capacity);
    subscriptions.add(subscription);
    return subscription;
  }

  /**
   * Hands {@code announcement} to every subscription, waiting where one is full.
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

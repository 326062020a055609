package org.lesbillets.server.pubsub;

import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One subscriber's bounded queue of announcements. One thread takes from it; closing it lets go of
 * publishers that wait.
 */
public final class Subscription<T> implements AutoCloseable {
  private static final long PUT_POLL_MILLIS = 100;

  private final EventChannel<T> channel;
  private final BlockingQueue<T> queue;
  private volatile boolean closed;

  Subscription(EventChannel<T> channel, int capacity) {
    this.channel = channel;
    this.queue = new ArrayBlockingQueue<>(capacity);
  }

  void put(T announcement) {
    try {
      while (!closed && !queue.offer(announcement, PUT_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        continue;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while publishing", e);
    }
  }

  /**
   * Waits for announcements and takes those that are there.
   *
   * @param into gets them, in order
   * @param most at most so many
   * @param timeoutMillis how long to wait for the first
   * @return how many were taken, 0 when the time passed
   */
  public int take(Collection<? super T> into, int most, long timeoutMillis)
      throws InterruptedException {
    T first = queue.poll(timeoutMillis, TimeUnit.MILLISECONDS);
    if (first == null) {
      return 0;
    }
    into.add(first);
    return 1 + queue.drainTo(into, most - 1);
  }

  /** Hears no more. */
  @Override
  public void close() {
    closed = true;
    channel.remove(this);
    queue.clear();
  }
}

package org.lesbillets.server.pubsub;

import java.util.Collection;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The bounded queue of one subscriber. Any thread publishes, one thread takes; closing it unblocks
 * waiting publishers.
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
   * Takes a batch of announcements; blocks for the first.
   *
   * @param into receives them, in order
   * @param most bound on their number
   * @param timeoutMillis timeout for the first
   * @return their number, 0 after the timeout
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

  @Override
  public void close() {
    closed = true;
    channel.remove(this);
    queue.clear();
  }
}

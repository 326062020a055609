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
  private volatile Runnable onPublished = () -> {};
  private volatile boolean closed;

  Subscription(EventChannel<T> channel, int capacity) {
    this.channel = channel;
    this.queue = new ArrayBlockingQueue<>(capacity);
  }

  /**
   * Sets a callback for each announcement, behind its addition to the queue.
   *
   * @param wake run by the publisher's thread; must not block
   */
  public void onPublished(Runnable wake) {
    onPublished = wake;
  }

  void put(T announcement) {
    try {
      while (!closed && !queue.offer(announcement, PUT_POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        continue;
      }
      onPublished.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while publishing", e);
    }
  }

  /**
   * Takes a batch of announcements. Never blocks.
   *
   * @param into receives them, in order
   * @param most bound on their number
   * @return their number, 0 if there are none
   */
  public int take(Collection<? super T> into, int most) {
    return queue.drainTo(into, most);
  }

  /** The queued announcements. Any thread. */
  public int size() {
    return queue.size();
  }

  @Override
  public void close() {
    closed = true;
    channel.remove(this);
    queue.clear();
  }
}

package org.lesbillets.cli.tui.live;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * News on their way from the thread that watches to the one that draws: at most 4,096. When it is
 * full the watch waits, and so reads no more; a server that is held up too long cuts the
 * connection, and the watch resumes. Nothing is lost, and memory does not grow.
 */
public final class LiveQueue implements Consumer<LiveNews> {
  private static final int CAPACITY = 4_096;

  private final BlockingQueue<LiveNews> news = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicBoolean announced = new AtomicBoolean();
  private final Runnable wake;

  /**
   * @param wake called when there is something to drain after there was nothing, on the thread that
   *     watches; must not wait
   */
  public LiveQueue(Runnable wake) {
    this.wake = wake;
  }

  /** Takes news, waiting for room. An interrupt ends the wait, and the news with it. */
  @Override
  public void accept(LiveNews next) {
    try {
      news.put(next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (announced.compareAndSet(false, true)) {
      wake.run();
    }
  }

  /**
   * Hands out what there is, in order, without waiting; on the thread that draws.
   *
   * @param atMost how many at most; what is left is announced again
   * @return how many
   */
  public int drain(int atMost, Consumer<LiveNews> to) {
    announced.set(false);
    int count = 0;
    for (LiveNews next = poll(count, atMost); next != null; next = poll(count, atMost)) {
      to.accept(next);
      count++;
    }
    if (!news.isEmpty() && announced.compareAndSet(false, true)) {
      wake.run();
    }
    return count;
  }

  private LiveNews poll(int count, int atMost) {
    return count < atMost ? news.poll() : null;
  }
}

package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * What a connection's I/O thread hands to the thread that watches: at most 1,024 tasks. When it is
 * full the I/O thread waits and so stops reading; a server that is held up too long cuts the
 * connection, and the watch resumes.
 */
final class Inbox {
  private static final int CAPACITY = 1_024;
  private static final long LOOK_MILLIS = 100;

  private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(CAPACITY);
  private volatile boolean closed;

  /** Adds a task, waiting for room; after {@link #close} it is dropped. */
  void put(Runnable task) {
    try {
      while (!closed && !tasks.offer(task, LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
        // Looks now and then whether anybody still takes anything out.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The next task.
   *
   * @return one that does nothing if none came within {@code patience}, or it was closed
   */
  Runnable take(Duration patience) throws InterruptedException {
    Runnable task = tasks.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    return task == null ? () -> {} : task;
  }

  /** Whether nothing waits to be taken. */
  boolean isEmpty() {
    return tasks.isEmpty();
  }

  /** Nobody takes anything out any more: frees who waits. */
  void close() {
    closed = true;
    tasks.clear();
    tasks.offer(() -> {});
  }
}

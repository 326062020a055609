package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What a connection's I/O thread hands to the thread that watches: at most 1,024 tasks. When it is
 * full the I/O thread waits and so stops reading; a server that is held up too long cuts the
 * connection, and the watch resumes. The end of the connection has a place of its own beside them:
 * whichever thread finds it, it neither waits for room nor is it lost.
 */
public final class TaskQueue {
  private static final int CAPACITY = 1_024;
  private static final long LOOK_MILLIS = 100;

  private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(CAPACITY);

  /** Taken when nothing else is left; beside the queue, so that it needs no room there. */
  private final AtomicReference<Runnable> last = new AtomicReference<>();

  private volatile boolean closed;

  /**
   * Adds a task, waiting for room; after {@link #close} it is dropped. An interrupt does not end
   * the wait, since what is put here must not be lost; it is kept for the caller.
   */
  public void put(Runnable task) {
    boolean interrupted = false;
    boolean waits = true;
    while (waits && !closed) {
      try {
        waits = !tasks.offer(task, LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sets the task that comes after all others. Never waits, and is never dropped. */
  public void putLast(Runnable task) {
    last.set(task);
    wake();
  }

  /** Wakes {@link #take}; a full queue needs no waking. */
  private void wake() {
    tasks.offer(() -> {});
  }

  /**
   * The next task.
   *
   * @return one that does nothing if none came within {@code patience}, or it was closed
   */
  public Runnable take(Duration patience) throws InterruptedException {
    Runnable task = tasks.poll();
    if (task == null) {
      task = last.getAndSet(null);
    }
    if (task == null) {
      task = tasks.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
    }
    return task == null ? () -> {} : task;
  }

  /** Whether nothing waits to be taken. */
  public boolean isEmpty() {
    return tasks.isEmpty() && last.get() == null;
  }

  /** Nobody takes anything out any more: frees who waits. */
  public void close() {
    closed = true;
    tasks.clear();
    wake();
  }
}

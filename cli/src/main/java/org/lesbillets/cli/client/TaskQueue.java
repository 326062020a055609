package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A queue of tasks from a connection's I/O thread to the thread that owns the connection, bounded
 * by 1,024. When it is full the I/O thread blocks and so stops reading (back-pressure); a server
 * that is blocked too long closes the connection, and a watch resumes. The end of the connection
 * has a slot beside the queue, so that the thread which detects it never blocks and the end is
 * never lost.
 */
public final class TaskQueue {
  private static final int CAPACITY = 1_024;
  private static final long LOOK_MILLIS = 100;

  private final BlockingQueue<Runnable> tasks = new ArrayBlockingQueue<>(CAPACITY);

  /** The last task, taken when the queue is empty; outside the bound. */
  private final AtomicReference<Runnable> last = new AtomicReference<>();

  private volatile boolean closed;

  /**
   * Adds a task, and blocks while the queue is full; after {@link #close} it is dropped. An
   * interrupt does not end the wait, since no task may be lost; the flag is kept for the caller.
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

  /** Sets the last task. Never blocks, and the task is never dropped. */
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
   * @return one that does nothing if there was none within {@code patience}, or after a close
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

  /** Whether there is no task. */
  public boolean isEmpty() {
    return tasks.isEmpty() && last.get() == null;
  }

  /** Drops all tasks and releases blocked threads: nothing is taken any more. */
  public void close() {
    closed = true;
    tasks.clear();
    wake();
  }
}

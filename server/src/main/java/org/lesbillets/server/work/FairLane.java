package org.lesbillets.server.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Fair queuing of tasks over an executor: each owner has a FIFO queue, and the owners are served in
 * turn (round robin), so that the tasks of one delay those of another by one task at most. Any
 * thread; the queue of each owner is bounded, and rejects.
 */
public final class FairLane {
  private final Executor threads;
  private final int parallel;
  private final int perOwner;

  /** Owners with tasks, the next to be served first. Guarded by this. */
  private final Map<Object, Deque<Runnable>> queues = new LinkedHashMap<>();

  private int running;

  /**
   * @param parallel bound on the tasks that run at a time, 1 or more
   * @param perOwner bound on the queued tasks of one owner, 1 or more
   */
  public FairLane(Executor threads, int parallel, int perOwner) {
    this.threads = threads;
    this.parallel = parallel;
    this.perOwner = perOwner;
  }

  /**
   * Queues a task. Does not block.
   *
   * @param owner compared by {@code equals}
   * @throws RejectedExecutionException if the owner has too many, or the threads have ended
   */
  public synchronized void execute(Object owner, Runnable task) {
    Deque<Runnable> queue = queues.computeIfAbsent(owner, o -> new ArrayDeque<>(2));
    if (queue.size() >= perOwner) {
      throw new RejectedExecutionException("too many tasks of one session");
    }
    queue.addLast(task);
    if (running < parallel) {
      running++;
      try {
        threads.execute(this::runNext);
      } catch (RejectedExecutionException e) {
        running--;
        queue.removeLast();
        removeIfEmpty(owner, queue);
        throw e;
      }
    }
  }

  private void removeIfEmpty(Object owner, Deque<Runnable> queue) {
    if (queue.isEmpty()) {
      queues.remove(owner);
    }
  }

  /** Drops the queued tasks of an owner; one that is running ends. */
  public synchronized void forget(Object owner) {
    queues.remove(owner);
  }

  private void runNext() {
    try {
      Runnable task = take();
      if (task != null) {
        task.run();
      }
    } finally {
      goOn();
    }
  }

  /** The next task, or null; its owner goes to the end of the rotation. */
  private synchronized Runnable take() {
    Iterator<Map.Entry<Object, Deque<Runnable>>> first = queues.entrySet().iterator();
    if (!first.hasNext()) {
      return null;
    }
    Map.Entry<Object, Deque<Runnable>> entry = first.next();
    Object owner = entry.getKey();
    Deque<Runnable> queue = entry.getValue();
    first.remove();
    Runnable task = queue.pollFirst();
    if (!queue.isEmpty()) {
      queues.put(owner, queue);
    }
    return task;
  }

  private synchronized void goOn() {
    if (queues.isEmpty()) {
      running--;
      return;
    }
    try {
      threads.execute(this::runNext);
    } catch (RejectedExecutionException e) {
      // The threads have ended, and with them the server.
      running--;
    }
  }
}

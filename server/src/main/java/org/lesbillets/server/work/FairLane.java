package org.lesbillets.server.work;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Fair queuing of tasks over an executor: each owner has a FIFO queue of which one task runs at a
 * time, and the owners are served in turn (round robin). Any thread; the queue of each owner is
 * bounded, and rejects.
 *
 * <p>With a clock, whose turn it is depends on the time that the job of its next task has attained:
 * {@link JobOrder}.
 */
public final class FairLane {
  private final Executor threads;
  private final int parallel;
  private final int perOwner;
  private final LongSupplier nanos;

  /** Owners with tasks, queued or running. Guarded by this, as what follows. */
  private final Map<Object, Owner> owners = new HashMap<>();

  /** Owners whose next task may run. */
  private final JobOrder waiting = new JobOrder();

  private final LastJobs lastJobs = new LastJobs();

  private int running;

  /** Tasks of one request, whose time is added up. Guarded by the lane. */
  public static final class Job extends JobOrder.Attained {}

  private record Task(Job job, Runnable body) {}

  private static final class Owner extends JobOrder.Waiting {
    private final Object key;
    private final Deque<Task> tasks = new ArrayDeque<>(2);
    private Task current;

    Owner(Object key) {
      this.key = key;
    }
  }

  /**
   * A lane that takes no time into account.
   *
   * @param parallel bound on the tasks that run at a time, 1 or more
   * @param perOwner bound on the queued tasks of one owner, 1 or more
   */
  public FairLane(Executor threads, int parallel, int perOwner) {
    this(threads, parallel, perOwner, () -> 0);
  }

  /**
   * @param nanos a monotonic clock
   */
  public FairLane(Executor threads, int parallel, int perOwner, LongSupplier nanos) {
    this.threads = threads;
    this.parallel = parallel;
    this.perOwner = perOwner;
    this.nanos = nanos;
  }

  /** Queues a task that is a job of its own. Does not block. */
  public void execute(Object key, Runnable task) {
    execute(key, new Job(), task);
  }

  /**
   * Queues a task. Does not block.
   *
   * @param key of its owner, compared by {@code equals}
   * @throws RejectedExecutionException if the owner has too many, or the threads have ended
   */
  public synchronized void execute(Object key, Job job, Runnable task) {
    Owner owner = owners.computeIfAbsent(key, Owner::new);
    if (owner.tasks.size() >= perOwner) {
      throw new RejectedExecutionException("too many tasks of one session");
    }
    owner.tasks.addLast(new Task(job, task));
    if (owner.tasks.size() == 1 && owner.current == null) {
      queue(owner);
    }
    if (running < parallel) {
      running++;
      try {
        threads.execute(this::runNext);
      } catch (RejectedExecutionException e) {
        running--;
        withdraw(owner);
        throw e;
      }
    }
  }

  private void queue(Owner owner) {
    waiting.add(owner, owner.tasks.peek().job, lastJobs.of(owner.key));
  }

  private void withdraw(Owner owner) {
    owner.tasks.removeLast();
    if (owner.tasks.isEmpty() && owner.current == null) {
      forget(owner.key);
    }
  }

  /** Drops the queued tasks of an owner; one that is running ends. */
  public synchronized void forget(Object key) {
    lastJobs.forget(key);
    Owner owner = owners.remove(key);
    if (owner != null) {
      owner.tasks.clear();
      waiting.remove(owner);
    }
  }

  /**
   * Whether the running task of a job is to end its slice, since the job of another goes first by
   * now. The thread that runs the task.
   */
  public BooleanSupplier preempts(Job job) {
    return waiting.preempts(job);
  }

  private void runNext() {
    Owner owner = null;
    long begin = nanos.getAsLong();
    try {
      owner = take();
      if (owner != null) {
        owner.current.body.run();
      }
    } finally {
      goOn(owner, begin);
    }
  }

  /** The owner whose turn it is, with its task; or null. */
  private synchronized Owner take() {
    if (waiting.isEmpty()) {
      return null;
    }
    Owner owner = (Owner) waiting.poll();
    owner.current = owner.tasks.poll();
    return owner;
  }

  private synchronized void goOn(Owner owner, long begin) {
    if (owner != null) {
      long now = nanos.getAsLong();
      if (now > begin) {
        lastJobs.worked(owner.key, owner.current.job, now);
      }
      worked(owner, now - begin);
    }
    if (waiting.isEmpty()) {
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

  private void worked(Owner owner, long took) {
    waiting.worked(owner.current.job, took);
    owner.current = null;
    if (!owner.tasks.isEmpty()) {
      queue(owner);
    } else {
      owners.remove(owner.key, owner);
    }
  }
}

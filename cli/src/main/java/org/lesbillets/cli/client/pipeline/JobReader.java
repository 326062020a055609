package org.lesbillets.cli.client.pipeline;

import java.util.function.Consumer;

/**
 * Reads jobs on a daemon thread, "billets-input", and hands them over as tasks. Bounded by a {@link
 * BoundedBudget} of 1,024 jobs and 16 MiB that are not given back yet.
 */
final class JobReader<J extends Job> {
  private static final int PLACES = 1_024;
  private static final long BYTES = 16 << 20;

  private final JobSource<J> source;
  private final Consumer<Runnable> tasks;
  private final BoundedBudget budget = new BoundedBudget(PLACES, BYTES);

  /** Callbacks, each in a task. */
  interface Listener<J> {
    void read(J job);

    /** The source has ended; {@code failure} is null if all was read. */
    void ended(Throwable failure);
  }

  JobReader(JobSource<J> source, Consumer<Runnable> tasks) {
    this.source = source;
    this.tasks = tasks;
  }

  void start(Listener<J> listener) {
    Thread thread = new Thread(() -> read(listener), "billets-input");
    thread.setDaemon(true);
    thread.start();
  }

  private void read(Listener<J> listener) {
    try {
      for (J job = source.next(); job != null; job = source.next()) {
        J next = job;
        budget.take(next.bytes());
        tasks.accept(() -> listener.read(next));
      }
      tasks.accept(() -> listener.ended(null));
    } catch (InterruptedException e) {
      tasks.accept(() -> listener.ended(new IllegalStateException("reading was interrupted", e)));
    } catch (RuntimeException | Error e) {
      tasks.accept(() -> listener.ended(e));
    }
  }

  /** Frees the budget of a job. */
  void giveBack(J job) {
    budget.giveBack(job.bytes());
  }
}

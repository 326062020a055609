package org.lesbillets.cli.client.pipeline;

import java.util.function.Consumer;

/**
 * Reads jobs on a daemon thread of its own, "billets-input", and hands them over as tasks: at most
 * so many, and so many bytes, that were not given back yet.
 */
final class JobReader<J extends Job> {
  private static final int PLACES = 1_024;
  private static final long BYTES = 16 << 20;

  private final JobSource<J> source;
  private final Consumer<Runnable> tasks;
  private final BoundedBudget room = new BoundedBudget(PLACES, BYTES);

  /** Hears of what is read, in tasks. */
  interface Listener<J> {
    void read(J job);

    /** There is no more; {@code failure} says why, where it is not that all were read. */
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
        room.take(next.bytes());
        tasks.accept(() -> listener.read(next));
      }
      tasks.accept(() -> listener.ended(null));
    } catch (InterruptedException e) {
      tasks.accept(() -> listener.ended(new IllegalStateException("reading was interrupted", e)));
    } catch (RuntimeException | Error e) {
      tasks.accept(() -> listener.ended(e));
    }
  }

  /** A job is out of the way. */
  void giveBack(J job) {
    room.giveBack(job.bytes());
  }
}

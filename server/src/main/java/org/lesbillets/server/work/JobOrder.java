package org.lesbillets.server.work;

import java.util.Comparator;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Which of the waiting jobs has its turn, by the time each has attained. Guarded by its lane; as
 * large as the number of its waiting owners.
 *
 * <p>A new job has attained half of what the last one of its session has at first, so that no
 * session is served first because it asks for long ones again and again.
 *
 * <p>A job that works for many sessions at once has the time of each: it attains its part of what
 * it takes.
 *
 * <p>Two orders share the time, since neither is enough. By least attained service, what is soon
 * done is not delayed by any number of long jobs; but equally long ones would all end at the same
 * late moment. By age, the oldest is carried to its end, one after the other, so that each is done
 * at last; but a short one would wait for all of them. Among long jobs each order has half of the
 * time. While there are fresh ones, with less than {@value #FRESH_MILLIS} ms attained, age has a
 * quarter, and is owed up to {@value #MAX_OWED_MILLIS} ms before they wait for it.
 */
final class JobOrder {
  static final int FRESH_MILLIS = 32;
  static final int MAX_OWED_MILLIS = 20;

  /** Time that a job may have at the head of the order by age, before it goes to its end. */
  static final int MAX_OLDEST_MILLIS = 1_000;

  /** Above this all are alike. */
  static final int MAX_ATTAINED_MILLIS = 1_000;

  private static final long FRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(FRESH_MILLIS);
  private static final long MAX_OWED_NANOS = TimeUnit.MILLISECONDS.toNanos(MAX_OWED_MILLIS);
  private static final long MAX_OLDEST_NANOS = TimeUnit.MILLISECONDS.toNanos(MAX_OLDEST_MILLIS);
  private static final long MAX_ATTAINED_NANOS = TimeUnit.MILLISECONDS.toNanos(MAX_ATTAINED_MILLIS);

  /** What fresh jobs take for each part that they owe to the oldest. */
  private static final int FRESH_PARTS = 3;

  private final TreeSet<Waiting> byAttained =
      new TreeSet<>(
          Comparator.<Waiting>comparingLong(w -> w.attainedNanos).thenComparingLong(w -> w.number));

  private final TreeSet<Waiting> byAge =
      new TreeSet<>(Comparator.<Waiting>comparingLong(w -> w.age).thenComparingLong(w -> w.number));

  private long numbers;
  private long ages;

  /** What the order by age has had too little of; negative if it has had more. */
  private long owedNanos;

  /** What follows from it for the slice under way. */
  private volatile boolean freshGoesFirst;

  /** What the tasks of one request have had together. Guarded by the lane. */
  static class Attained {
    private long nanos;

    /** How many sessions it works for at once: each is charged its part. */
    private volatile int shares = 1;

    /** Number of its place by age; 0 before it has one. */
    private long age;

    private boolean servedByAge;
    private long servedByAgeNanos;

    /**
     * From now on it works for so many sessions, 1 or more, with the time of all of them. Any
     * thread.
     */
    public void worksFor(int sessions) {
      shares = sessions;
    }
  }

  /** One that waits for its turn, with a copy of what it is sorted by. */
  static class Waiting {
    private Attained job;
    private long number;
    private long attainedNanos;
    private long age;
  }

  boolean isEmpty() {
    return byAge.isEmpty();
  }

  /**
   * Adds an owner.
   *
   * @param job of its next task
   * @param last the job that the owner worked for last, or null
   */
  void add(Waiting owner, Attained job, Attained last) {
    if (job.age == 0) {
      job.age = ++ages;
      job.nanos = last == null || last == job ? job.nanos : last.nanos / 2;
    }
    owner.job = job;
    owner.number = ++numbers;
    owner.attainedNanos = job.nanos;
    owner.age = job.age;
    byAttained.add(owner);
    byAge.add(owner);
    notice();
  }

  void remove(Waiting owner) {
    byAttained.remove(owner);
    byAge.remove(owner);
    notice();
  }

  /** Takes the one whose turn it is; there must be one. */
  Waiting poll() {
    boolean oldest = owedNanos > 0 && !freshComesFirst();
    Waiting next = oldest ? byAge.first() : byAttained.first();
    next.job.servedByAge = oldest;
    remove(next);
    return next;
  }

  /** A job that had its turn has run for so long. */
  void worked(Attained job, long nanos) {
    if (job.servedByAge) {
      owedNanos = Math.max(-MAX_OWED_NANOS, owedNanos - nanos);
      job.servedByAgeNanos += nanos;
    } else if (!isEmpty()) {
      long due = job.nanos < FRESH_NANOS ? (nanos + FRESH_PARTS - 1) / FRESH_PARTS : nanos;
      owedNanos = Math.min(MAX_OWED_NANOS, owedNanos + due);
    }
    job.nanos = Math.min(MAX_ATTAINED_NANOS, job.nanos + nanos / job.shares);
    if (job.servedByAgeNanos >= MAX_OLDEST_NANOS) {
      job.servedByAgeNanos = 0;
      job.age = 0;
    }
    notice();
  }

  private void notice() {
    freshGoesFirst = freshComesFirst();
  }

  private boolean freshComesFirst() {
    return owedNanos < MAX_OWED_NANOS
        && !isEmpty()
        && byAttained.first().attainedNanos < FRESH_NANOS;
  }

  /**
   * Whether a job that has its turn is to end its slice, since a fresh one goes first by now and it
   * is none. The thread that runs the job.
   */
  BooleanSupplier preempts(Attained job) {
    return job.nanos < FRESH_NANOS ? () -> false : () -> freshGoesFirst;
  }
}

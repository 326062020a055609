package org.lesbillets.server.work;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * The time one task may take before it queues itself again behind those of other sessions
 * (cooperative scheduling). For one thread.
 */
public final class Slice {
  /** The longest uninterrupted work of a size that a client chooses. */
  public static final Duration LENGTH = Duration.ofMillis(2);

  /** Shorter ones would be spent on the change from one job to the next. */
  private static final long MIN_NANOS = LENGTH.dividedBy(4).toNanos();

  private final LongSupplier nanos;
  private final BooleanSupplier preempted;
  private final long begin;
  private final long length;

  /**
   * A slice of full length.
   *
   * @param nanos a monotonic clock
   */
  public Slice(LongSupplier nanos) {
    this(nanos, LENGTH);
  }

  /** A slice of another length. */
  public Slice(LongSupplier nanos, Duration length) {
    this(nanos, length, () -> false);
  }

  private Slice(LongSupplier nanos, Duration length, BooleanSupplier preempted) {
    this.nanos = nanos;
    this.preempted = preempted;
    this.begin = nanos.getAsLong();
    this.length = length.toNanos();
  }

  /**
   * A slice of full length, or of at least a quarter of it.
   *
   * @param preempted whether other work goes first by now; see {@link FairLane#preempts}
   */
  public static Slice of(LongSupplier nanos, BooleanSupplier preempted) {
    return new Slice(nanos, LENGTH, preempted);
  }

  /** Whether the time is over, or other work goes first; reads the clock. */
  public boolean isOver() {
    long took = nanos.getAsLong() - begin;
    return took >= length || took >= MIN_NANOS && preempted.getAsBoolean();
  }
}

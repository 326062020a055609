package org.lesbillets.server.work;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The time one task may take before it queues itself again behind those of other sessions
 * (cooperative scheduling). For one thread.
 */
public final class Slice {
  /** The longest uninterrupted work of a size that a client chooses. */
  public static final Duration LENGTH = Duration.ofMillis(2);

  private final LongSupplier nanos;
  private final long begin;
  private final long length;

  /**
   * @param nanos a monotonic clock
   */
  public Slice(LongSupplier nanos) {
    this(nanos, LENGTH);
  }

  /** A slice of another length. */
  public Slice(LongSupplier nanos, Duration length) {
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
    this.length = length.toNanos();
  }

  /** Whether the time is over; reads the clock. */
  public boolean isOver() {
    return nanos.getAsLong() - begin >= length;
  }
}

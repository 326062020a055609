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

  private static final long NANOS = LENGTH.toNanos();

  private final LongSupplier nanos;
  private final long begin;

  /**
   * @param nanos a monotonic clock
   */
  public Slice(LongSupplier nanos) {
    this.nanos = nanos;
    this.begin = nanos.getAsLong();
  }

  /** Whether the time is over; reads the clock. */
  public boolean isOver() {
    return nanos.getAsLong() - begin >= NANOS;
  }
}

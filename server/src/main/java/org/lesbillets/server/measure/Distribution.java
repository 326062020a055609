package org.lesbillets.server.measure;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A histogram with fixed buckets. Any thread; an addition is lock-free and does not contend with
 * others. A reading beside additions may lack some of them.
 */
public final class Distribution {
  private final double[] bounds;
  private final long[] rawBounds;
  private final double unit;
  private final LongAdder[] counts;
  private final LongAdder sum = new LongAdder();

  private Distribution(double unit, double... bounds) {
    this.unit = unit;
    this.bounds = bounds.clone();
    this.rawBounds = Arrays.stream(bounds).mapToLong(bound -> Math.round(bound / unit)).toArray();
    this.counts = new LongAdder[bounds.length + 1];
    Arrays.setAll(counts, i -> new LongAdder());
  }

  /**
   * A histogram of durations, which are recorded in nanoseconds and read in seconds.
   *
   * @param bounds upper bounds of the buckets in seconds, rising; the last bucket has none
   */
  public static Distribution ofSeconds(double... bounds) {
    return new Distribution(1.0 / TimeUnit.SECONDS.toNanos(1), bounds);
  }

  /** A histogram of numbers. */
  public static Distribution ofNumbers(double... bounds) {
    return new Distribution(1, bounds);
  }

  /** Adds a value: nanoseconds, or a number. */
  public void record(long value) {
    int bucket = 0;
    while (bucket < rawBounds.length && value > rawBounds[bucket]) {
      bucket++;
    }
    counts[bucket].increment();
    sum.add(value);
  }

  /** The upper bounds of the buckets but the last, in seconds, or numbers. */
  public double[] bounds() {
    return bounds.clone();
  }

  /** The number of values in each bucket, one more than {@link #bounds}. */
  public long[] counts() {
    return Arrays.stream(counts).mapToLong(LongAdder::sum).toArray();
  }

  /** The sum of the values, in seconds, or numbers. */
  public double sum() {
    return sum.sum() * unit;
  }
}

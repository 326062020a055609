package org.lesbillets.server.soak.flood;

import java.util.Arrays;

/** Latencies of one phase of a run, in nanoseconds. Any thread; unbounded, but for one run. */
public final class Latencies {
  private static final double MILLI = 1e6;

  private long[] nanos = new long[1024];
  private int count;

  /** Adds one. */
  public synchronized void add(long latency) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = latency;
  }

  public synchronized int count() {
    return count;
  }

  /**
   * A percentile in milliseconds; NaN when there are none.
   *
   * @param percent 0 to 100
   */
  public synchronized double percentile(double percent) {
    if (count == 0) {
      return Double.NaN;
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[Math.min(count - 1, (int) (count * percent / 100))] / MILLI;
  }

  @Override
  public String toString() {
    return "p50 %.2f ms, p99 %.2f ms, max %.1f ms (%,d)"
        .formatted(percentile(50), percentile(99), percentile(100), count());
  }
}

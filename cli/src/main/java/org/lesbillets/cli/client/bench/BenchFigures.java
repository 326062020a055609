package org.lesbillets.cli.client.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.output.BenchReport;
import org.lesbillets.model.message.RejectionCode;

/**
 * Counters and histograms of a run. Any thread, wait-free; a histogram has 3 significant digits, up
 * to 2 h, in about 200 KiB. Latencies are measured from when a change was due, not from when it
 * could be sent, so that a server that stalls is not asked less often at its worst moments
 * (coordinated omission).
 */
final class BenchFigures {
  private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(2);
  private static final int DIGITS = 3;
  private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Of unsent changes no more values than this are recorded, each for many. */
  private static final long RECORDED_UNSENT = 1_000;

  private final BenchPlan plan;
  private final AtomicHistogram answers = new AtomicHistogram(1, LONGEST_MICROS, DIGITS);
  private final AtomicHistogram arrivals = new AtomicHistogram(1, LONGEST_MICROS, DIGITS);
  private final AtomicHistogram delays = new AtomicHistogram(1, LONGEST_MICROS, DIGITS);
  private final LongAdder answered = new LongAdder();
  private final LongAdder delivered = new LongAdder();
  private final LongAdder unsent = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder busy = new LongAdder();
  private final LongAdder reconnects = new LongAdder();
  private final LongAdder holes = new LongAdder();
  private final LongAdder doubles = new LongAdder();
  private final AtomicLong lastRevision = new AtomicLong();

  /** The first failure of a change. */
  private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

  /** What ended the run before its time. */
  private final AtomicReference<RuntimeException> end = new AtomicReference<>();

  private volatile long startNanos;

  /** Since the start. */
  private volatile long endNanos;

  BenchFigures(BenchPlan plan) {
    this.plan = plan;
    this.endNanos = plan.endNanos();
  }

  BenchPlan plan() {
    return plan;
  }

  /** The first change is due now. */
  void begin(long nowNanos) {
    startNanos = nowNanos;
  }

  long startNanos() {
    return startNanos;
  }

  /** No change is sent from now on, where there is time left. */
  void stop(long nowNanos) {
    endNanos = Math.min(endNanos, nowNanos - startNanos);
  }

  /** When the last change is due, in nanoseconds since the first one. */
  long endNanos() {
    return endNanos;
  }

  /** How long it is measured. */
  Duration measured() {
    return Duration.ofNanos(Math.max(0, endNanos - plan.warmUpNanos()));
  }

  private boolean isMeasured(long dueNanos) {
    return dueNanos >= plan.warmUpNanos();
  }

  /**
   * A writer that waited for nothing but the time to send a change awoke so late: by the load of
   * this machine, not of the server.
   */
  void awoke(long dueNanos, long lateNanos) {
    if (isMeasured(dueNanos)) {
      record(delays, lateNanos, 1);
    }
  }

  /** The delay that 99 % of those did not exceed; null in a closed loop. */
  Long delayMicros() {
    return delays.getTotalCount() == 0 ? null : delays.getValueAtPercentile(99);
  }

  /**
   * A change was answered.
   *
   * @param dueNanos since the first change
   * @param revision of its event
   */
  void answered(long dueNanos, long nowNanos, long revision) {
    lastRevision.accumulateAndGet(revision, Math::max);
    if (isMeasured(dueNanos)) {
      answered.increment();
      record(answers, nowNanos - startNanos - dueNanos, 1);
    }
  }

  /** A change failed; one that had no answer in time counts with the time until then. */
  void failed(long dueNanos, long nowNanos, RuntimeException why) {
    failure.compareAndSet(null, why);
    failed.increment();
    if (isMeasured(dueNanos) && !(why instanceof RejectedException)) {
      record(answers, nowNanos - startNanos - dueNanos, 1);
    }
  }

  /**
   * The changes of a writer that were due and not sent until the end: they count with the time that
   * they had waited.
   *
   * @param first the first of them
   */
  void unsent(int writer, long first) {
    long end = endNanos;
    long count = Math.max(0, plan.dueBefore(writer, end) - first);
    unsent.add(count);
    long step = Math.max(1, count / RECORDED_UNSENT);
    for (long i = 0; i < count; i += step) {
      long due = plan.dueNanos(writer, first + i);
      if (isMeasured(due)) {
        record(answers, end - due, Math.min(step, count - i));
      }
    }
  }

  /**
   * An event of a change arrived at a watcher.
   *
   * @return whether it is one that is measured
   */
  boolean delivered(long dueNanos, long nowNanos) {
    boolean measured = isMeasured(dueNanos);
    if (measured) {
      delivered.increment();
      record(arrivals, nowNanos - startNanos - dueNanos, 1);
    }
    return measured;
  }

  private static void record(AtomicHistogram histogram, long nanos, long count) {
    long micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(nanos));
    histogram.recordValueWithCount(Math.min(micros, LONGEST_MICROS), count);
  }

  /** An attempt failed, and is perhaps made again. */
  void attemptFailed(RuntimeException why) {
    if (why instanceof RejectedException refused && refused.code() == RejectionCode.BUSY) {
      busy.increment();
    }
  }

  void reconnected() {
    reconnects.increment();
  }

  void hole() {
    holes.increment();
  }

  void doubled() {
    doubles.increment();
  }

  /** Ends the run; only the first reason counts. */
  void end(RuntimeException why) {
    end.compareAndSet(null, why);
  }

  /** What ended the run before its time; null for nothing. */
  RuntimeException ended() {
    return end.get();
  }

  /** The first failure of a change; null for none. */
  RuntimeException failure() {
    return failure.get();
  }

  long failures() {
    return failed.sum();
  }

  long answers() {
    return answered.sum();
  }

  /** The highest revision of an answer; 0 for none. */
  long lastRevision() {
    return lastRevision.get();
  }

  BenchReport.Latency changes() {
    return latency(answered.sum(), answers);
  }

  BenchReport.Latency deliveries() {
    return latency(delivered.sum(), arrivals);
  }

  private BenchReport.Latency latency(long count, Histogram values) {
    double seconds = measured().toNanos() / SECOND_NANOS;
    BenchReport.Quantiles quantiles =
        values.getTotalCount() == 0
            ? null
            : new BenchReport.Quantiles(
                values.getValueAtPercentile(50),
                values.getValueAtPercentile(90),
                values.getValueAtPercentile(99),
                values.getValueAtPercentile(99.9),
                values.getMaxValue());
    return new BenchReport.Latency(count, seconds == 0 ? 0 : count / seconds, quantiles);
  }

  BenchReport.Problems problems(long missing) {
    return new BenchReport.Problems(
        unsent.sum(),
        failed.sum(),
        busy.sum(),
        reconnects.sum(),
        new BenchReport.Faults(holes.sum(), doubles.sum(), missing));
  }
}

package org.lesbillets.cli.output;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The figures of a benchmark. Immutable.
 *
 * @param tag of the tickets that it changed
 * @param load what was asked for
 * @param measured how long it was measured: shorter than asked for where it was interrupted
 * @param changes from when each was due to its answer
 * @param deliveries from when each change was due to its arrival at each watcher
 * @param problems counts of what went wrong
 * @param generator the CPU time that this program itself took
 */
public record BenchReport(
    String tag,
    Load load,
    Duration measured,
    Latency changes,
    Latency deliveries,
    Problems problems,
    Generator generator) {

  /**
   * @param changesPerSecond of all writers together; 0 for as many as are answered
   */
  public record Load(String server, int writers, int watchers, int changesPerSecond) {}

  /**
   * Latencies in microseconds.
   *
   * @param count of what arrived
   * @param perSecond the same, a second of what was measured
   * @param quantiles null where nothing was due
   */
  public record Latency(long count, double perSecond, Quantiles quantiles) {
    void collect(String name, Map<String, Object> values) {
      boolean none = quantiles == null;
      values.put(name + ".count", count);
      values.put(name + ".perSecond", Math.round(perSecond * 10) / 10.0);
      values.put(name + ".p50Micros", none ? null : quantiles.p50Micros);
      values.put(name + ".p90Micros", none ? null : quantiles.p90Micros);
      values.put(name + ".p99Micros", none ? null : quantiles.p99Micros);
      values.put(name + ".p999Micros", none ? null : quantiles.p999Micros);
      values.put(name + ".maxMicros", none ? null : quantiles.maxMicros);
    }
  }

  /** Percentiles 50, 90, 99 and 99.9, and the highest. */
  public record Quantiles(
      long p50Micros, long p90Micros, long p99Micros, long p999Micros, long maxMicros) {}

  /**
   * What went wrong.
   *
   * @param unsent changes that were due, and whose writer still waited for an answer at the end
   * @param failed changes that were refused, or had no answer in time
   * @param busy answers BUSY, after which a change was sent again
   * @param reconnects connections that were lost and replaced
   * @param delivery what watchers did not get as they should
   */
  public record Problems(long unsent, long failed, long busy, long reconnects, Faults delivery) {}

  /**
   * Faults in what was delivered.
   *
   * @param holes places where the chain of revisions of a watcher was broken
   * @param doubles events that a watcher had already, or that were behind a later one
   * @param missing deliveries of acknowledged changes that had not arrived at the end
   */
  public record Faults(long holes, long doubles, long missing) {
    public boolean isNone() {
      return holes + doubles + missing == 0;
    }
  }

  /**
   * The load generator itself.
   *
   * @param cpuPercent of all processors together, 0 to 100
   * @param delayMicros how late 99 % of its writers awoke at most, by the load of its machine; null
   *     in a closed loop
   */
  public record Generator(double cpuPercent, int processors, Long delayMicros) {
    private static final double BUSY_PERCENT = 70;
    private static final long LATE_MICROS = 10_000;

    /** Whether it took so much that the figures may be its own. */
    public boolean isBusy() {
      return cpuPercent >= BUSY_PERCENT;
    }

    /** Whether its machine had no time for it, so that the figures may be those of the machine. */
    public boolean isLate() {
      return delayMicros != null && delayMicros >= LATE_MICROS;
    }
  }

  /** All of them by their names in JSON; a dot leads into an object. */
  Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("tag", tag);
    values.put("server", load.server);
    values.put("writers", load.writers);
    values.put("watchers", load.watchers);
    values.put("ratePerSecond", load.changesPerSecond == 0 ? null : load.changesPerSecond);
    values.put("measuredMillis", measured.toMillis());
    changes.collect("changes", values);
    deliveries.collect("deliveries", values);
    values.put("unsent", problems.unsent);
    values.put("failed", problems.failed);
    values.put("busy", problems.busy);
    values.put("reconnects", problems.reconnects);
    values.put("holes", problems.delivery.holes);
    values.put("doubles", problems.delivery.doubles);
    values.put("missing", problems.delivery.missing);
    values.put("cpuPercent", Math.round(generator.cpuPercent * 10) / 10.0);
    values.put("processors", generator.processors);
    values.put("delayP99Micros", generator.delayMicros);
    values.put("generatorIsLimit", generator.isBusy() || generator.isLate());
    return values;
  }
}

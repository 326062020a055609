package org.lesbillets.cli.output.table;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.lesbillets.cli.output.BenchReport;
import org.lesbillets.cli.text.Durations;

/** The figures of a benchmark for people: a table of latencies, and sentences. Stateless. */
final class BenchTable {
  private static final double MILLI = 1_000;
  private static final double SECOND = 1_000_000;

  private BenchTable() {}

  static Table of(BenchReport report) {
    Table table =
        new Table(
            Column.whole("", 0),
            Column.number("COUNT", 4),
            Column.number("PER S", 2),
            Column.number("P50", 0),
            Column.number("P90", 3),
            Column.number("P99", 0),
            Column.number("P99.9", 1),
            Column.number("MAX", 0));
    row(table, "changes", report.changes());
    if (report.load().watchers() > 0) {
      row(table, "deliveries", report.deliveries());
    }
    return table;
  }

  private static void row(Table table, String name, BenchReport.Latency latency) {
    BenchReport.Quantiles values = latency.quantiles();
    boolean none = values == null;
    table.row(
        Cell.of(name),
        Cell.of(Long.toString(latency.count())),
        Cell.of(String.format(Locale.ROOT, "%.1f", latency.perSecond())),
        Cell.of(none ? "" : length(values.p50Micros())),
        Cell.of(none ? "" : length(values.p90Micros())),
        Cell.of(none ? "" : length(values.p99Micros())),
        Cell.of(none ? "" : length(values.p999Micros())),
        Cell.of(none ? "" : length(values.maxMicros())));
  }

  /** With about three digits. */
  private static String length(long micros) {
    if (micros < 10 * MILLI) {
      return String.format(Locale.ROOT, "%.2fms", micros / MILLI);
    }
    return micros < SECOND
        ? String.format(Locale.ROOT, "%.1fms", micros / MILLI)
        : String.format(Locale.ROOT, "%.2fs", micros / SECOND);
  }

  /** What stands below the table. */
  static List<String> lines(BenchReport report) {
    BenchReport.Load load = report.load();
    BenchReport.Problems problems = report.problems();
    BenchReport.Faults faults = problems.delivery();
    return List.of(
        "load:       %s, %s, %s"
            .formatted(
                counted(load.writers(), "writer"),
                load.changesPerSecond() == 0
                    ? "closed loop"
                    : load.changesPerSecond() + " changes a second",
                length(report.measured())),
        "watchers:   %d; %d holes, %d doubles, %d missing"
            .formatted(load.watchers(), faults.holes(), faults.doubles(), faults.missing()),
        "problems:   %d failed, %d unsent, %d busy, %d reconnects"
            .formatted(
                problems.failed(), problems.unsent(), problems.busy(), problems.reconnects()),
        generator(report.generator()),
        "server:     " + load.server());
  }

  private static String generator(BenchReport.Generator generator) {
    Long delay = generator.delayMicros();
    return "generator:  %.1f%% of %s%s"
        .formatted(
            generator.cpuPercent(),
            counted(generator.processors(), "processor"),
            delay == null ? "" : ", " + length(delay) + " late (p99)");
  }

  private static String length(Duration measured) {
    return Durations.inSentence(measured);
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}

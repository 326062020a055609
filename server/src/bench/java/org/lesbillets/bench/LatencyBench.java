package org.lesbillets.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.lesbillets.bench.report.Machine;
import org.lesbillets.bench.report.Report;

/**
 * How long after an event was due each watcher has received it, at fixed rates, of this server and
 * its peers, in turn; beside it what the disk takes for a sync in the same run. An open loop: what
 * waits behind a pause counts with all of its wait.
 */
public final class LatencyBench {
  private static final List<Integer> RATES = List.of(140, 40);
  private static final int WRITERS = 16;
  private static final int SYNCS = 300;

  /** In a closed loop, since the compiler needs thousands of events, not seconds. */
  private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final String COLD = FanOutTargets.OURS + ", just started";

  /** With one writer and one watcher, beside the sync. */
  private static final double ALONE_GOAL_MILLIS = 0.5;

  private final Report report;
  private final BenchOptions options;
  private final DiskSync sync;

  /** All of a participant's deliveries at one rate. */
  private static final class Figures {
    private final Histogram nanos = new Histogram(TimeUnit.MINUTES.toNanos(5), 3);
    private final PerRound server = new PerRound();
    private final PerRound generator = new PerRound();

    void add(FanOutLoad.Round round) {
      nanos.add(round.latencies());
      server.add(100 * round.serverSeconds() / round.seconds());
      generator.add(100 * round.generatorSeconds() / round.seconds());
    }

    double millis(double percent) {
      return nanos.getValueAtPercentile(percent) / 1e6;
    }

    void fill(Map<String, Object> row) {
      row.put("p50 ms", millis(50));
      row.put("p99 ms", millis(99));
      row.put("most ms", nanos.getMaxValue() / 1e6);
      row.put("server CPU %", server.median());
      row.put("generator CPU %", generator.median());
    }
  }

  private LatencyBench(Report report, BenchOptions options, DiskSync sync) {
    this.report = report;
    this.options = options;
    this.sync = sync;
  }

  /** Arguments: the server's launcher, then numbers of watchers and {@link BenchOptions}. */
  public static void main(String[] arguments) throws Exception {
    BenchMain.run(arguments, BenchOptions.defaults(5, 3, "500", "1"), LatencyBench::measure);
  }

  private static Report measure(BenchOptions options, PrintStream out) throws Exception {
    try (Scratch scratch = new Scratch()) {
      Path folder = scratch.folder();
      Report report =
          new Report(
              "Latency: when an event has reached each watcher, open loop", Machine.facts(folder));
      LatencyBench bench = new LatencyBench(report, options, new DiskSync(folder));
      Peers peers = new Peers(scratch, options::wants);
      for (int watchers : options.numbers()) {
        bench.run(watchers, peers);
      }
      peers.missing().stream().distinct().forEach(report::note);
      options.finish(report, out);
      return report;
    }
  }

  private void run(int watchers, Peers peers) throws Exception {
    BilletsTarget ours = BilletsTarget.of(new BenchServer(options.server(), List.of()));
    FanOutLoad.Size size = new FanOutLoad.Size(watchers, watchers == 1 ? 1 : WRITERS, WRITERS);
    try (FanOutTargets targets = new FanOutTargets(ours, peers, size)) {
      int first = RATES.get(0);
      Figures cold = new Figures();
      cold.add(targets.loads().get(0).open(first, TimeUnit.SECONDS.toNanos(options.seconds())));
      cold.fill(row(watchers, first, COLD));
      for (FanOutLoad load : targets.loads()) {
        if (load.target().warmsUp()) {
          load.closed(0, WARM_NANOS);
        }
        // Not all that is compiled for the one is right for the other.
        load.open(first, TimeUnit.SECONDS.toNanos(options.seconds()));
      }
      for (int rate : RATES) {
        report(watchers, rate, rounds(rate, targets));
      }
      targets.check(report);
    }
  }

  private Map<String, Figures> rounds(int rate, FanOutTargets targets) throws Exception {
    Map<String, Figures> all = new LinkedHashMap<>();
    sync.forget();
    for (int round = 0; round < options.rounds(); round++) {
      for (FanOutLoad load : targets.loads()) {
        FanOutLoad.Round done = load.open(rate, TimeUnit.SECONDS.toNanos(options.seconds()));
        all.computeIfAbsent(load.target().name(), name -> new Figures()).add(done);
      }
      sync.measure(SYNCS);
    }
    return all;
  }

  private void report(int watchers, int rate, Map<String, Figures> all) {
    all.forEach((name, figures) -> figures.fill(row(watchers, rate, name)));
    Map<String, Object> row = row(watchers, rate, "sync of the disk alone");
    row.put("p50 ms", sync.millis(50));
    row.put("p99 ms", sync.millis(99));
    row.put("most ms", sync.millis(100));
    goals(watchers, rate, all);
  }

  private Map<String, Object> row(int watchers, int rate, String name) {
    Map<String, Object> row = report.row();
    row.put("watchers", watchers);
    row.put("events/s", rate);
    row.put("server", name);
    return row;
  }

  private void goals(int watchers, int rate, Map<String, Figures> all) {
    Figures ours = all.get(FanOutTargets.OURS);
    Figures node = all.get(FanOutTargets.NODE);
    String where = watchers + " watchers, " + rate + " events/s";
    if (watchers == 1) {
      goal(where + ", p50", ours.millis(50), sync.millis(50) + ALONE_GOAL_MILLIS);
      goal(where + ", p99", ours.millis(99), sync.millis(99) + ALONE_GOAL_MILLIS);
    } else if (node != null) {
      goal(where + ", p99", ours.millis(99), node.millis(99) + sync.millis(99));
    }
  }

  private void goal(String what, double millis, double bound) {
    report.note(
        "%s: %s ms (%s)"
            .formatted(what, Report.number(millis), Report.Goal.atMost(bound).verdict(millis)));
  }
}

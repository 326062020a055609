package org.lesbillets.bench;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lesbillets.bench.report.Machine;
import org.lesbillets.bench.report.Report;

/**
 * Deliveries a second to so many watchers in a closed loop of 16 writers with 64 events under way,
 * of this server and its peers, in turn. A delivery is one event's frame, read and checked by one
 * watcher.
 */
public final class FanOutBench {
  private static final int WRITERS = 16;
  private static final int LANES = 64;

  /** The compiler is busy for that long, and takes the processor from the server until then. */
  private static final long FIRST_WARM_NANOS = TimeUnit.SECONDS.toNanos(15);

  private static final long WARM_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** At least so many times the peer, at 500 watchers and at 2,000. */
  private static final Map<String, double[]> GOALS =
      Map.of(
          FanOutTargets.NODE, new double[] {20, 35},
          FanOutTargets.LOOP, new double[] {2, 2},
          FanOutTargets.NATS, new double[] {1.4, 1.4});

  private final Report report;
  private final int rounds;
  private final long nanos;
  private final long firstWarmNanos;

  /** What one participant did in each round. */
  private static final class Figures {
    private final PerRound deliveries = new PerRound();
    private final PerRound events = new PerRound();
    private final PerRound bytes = new PerRound();
    private final PerRound microsEach = new PerRound();
    private final PerRound server = new PerRound();
    private final PerRound generator = new PerRound();

    void add(FanOutLoad.Round round) {
      deliveries.add(round.deliveries() / round.seconds());
      events.add(round.events() / round.seconds());
      bytes.add((double) round.bytes() / Math.max(1, round.deliveries()));
      microsEach.add(1e6 * round.serverSeconds() / Math.max(1, round.deliveries()));
      server.add(100 * round.serverSeconds() / round.seconds());
      generator.add(100 * round.generatorSeconds() / round.seconds());
    }

    void fill(Map<String, Object> row) {
      row.put("deliveries/s", deliveries.median());
      row.put("least", deliveries.least());
      row.put("most", deliveries.most());
      row.put("events/s", events.median());
      row.put("bytes an event", bytes.median());
      row.put("server µs/delivery", microsEach.median());
      row.put("server CPU %", server.median());
      row.put("generator CPU %", generator.median());
    }
  }

  private FanOutBench(Report report, int rounds, long nanos, long firstWarmNanos) {
    this.report = report;
    this.rounds = rounds;
    this.nanos = nanos;
    this.firstWarmNanos = firstWarmNanos;
  }

  /** Arguments: the server's launcher, then numbers of watchers and {@link BenchOptions}. */
  public static void main(String[] arguments) throws Exception {
    BenchMain.run(arguments, BenchOptions.defaults(3, 3, "500", "2000"), FanOutBench::measure);
  }

  private static Report measure(BenchOptions options, PrintStream out) throws Exception {
    try (Scratch scratch = new Scratch()) {
      Report report =
          new Report(
              "Fan-out: 16 writers, 64 events under way, closed loop",
              Machine.facts(scratch.folder()));
      FanOutBench bench =
          new FanOutBench(
              report,
              options.rounds(),
              TimeUnit.SECONDS.toNanos(options.seconds()),
              FIRST_WARM_NANOS);
      Peers peers = new Peers(scratch, options::wants);
      for (int watchers : options.numbers()) {
        bench.run(watchers, BilletsTarget.of(new BenchServer(options.server(), List.of())), peers);
      }
      peers.missing().stream().distinct().forEach(report::note);
      options.finish(report, out);
      options.plot(report, "fanout-rate", "watchers", "deliveries/s");
      options.plot(report, "fanout-cost", "watchers", "server µs/delivery");
      return report;
    }
  }

  /** Two short rounds of a server of this process, and of the loop in C. */
  public static Report small(int port, String token, int watchers) throws Exception {
    Report report = new Report("small", Map.of());
    long nanos = TimeUnit.MILLISECONDS.toNanos(200);
    try (Scratch scratch = new Scratch()) {
      Peers peers = new Peers(scratch, "gcc"::equals);
      BilletsTarget ours = new BilletsTarget(port, token, ProcessorTime.own());
      new FanOutBench(report, 2, nanos, nanos).run(watchers, ours, peers);
    }
    return report;
  }

  /**
   * @param peers null to measure this server alone
   */
  private void run(int watchers, BilletsTarget ours, Peers peers) throws Exception {
    FanOutLoad.Size size = new FanOutLoad.Size(watchers, WRITERS, LANES);
    Map<String, Figures> figures = new LinkedHashMap<>();
    try (FanOutTargets targets = new FanOutTargets(ours, peers, size)) {
      for (int round = 0; round < rounds; round++) {
        for (FanOutLoad load : targets.loads()) {
          FanOutLoad.Round done = load.closed(warmNanos(round, load), nanos);
          figures.computeIfAbsent(load.target().name(), name -> new Figures()).add(done);
        }
      }
      targets.check(report);
    }
    figures.forEach(
        (name, one) -> {
          Map<String, Object> row = report.row();
          row.put("watchers", watchers);
          row.put("server", name);
          one.fill(row);
        });
    Figures own = figures.remove(FanOutTargets.OURS);
    figures.forEach((name, peer) -> report.ratio(ratio(watchers, name, own, peer)));
  }

  private long warmNanos(int round, FanOutLoad load) {
    return round == 0 && load.target().warmsUp() ? firstWarmNanos : WARM_NANOS;
  }

  private static Report.Ratio ratio(int watchers, String name, Figures ours, Figures peer) {
    double[] bounds = GOALS.get(name);
    Report.Goal goal =
        bounds == null
            ? null
            : watchers == 500
                ? Report.Goal.atLeast(bounds[0])
                : watchers == 2_000 ? Report.Goal.atLeast(bounds[1]) : null;
    return new Report.Ratio(
        "deliveries/s",
        watchers + " watchers",
        name,
        ours.deliveries.ratioTo(peer.deliveries),
        goal);
  }
}

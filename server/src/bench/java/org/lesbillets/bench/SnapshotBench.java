package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.lesbillets.bench.report.Machine;
import org.lesbillets.bench.report.Report;

/**
 * How long a new watcher waits for all tickets of a desk, and how much longer writers wait for
 * their answers meanwhile; of this server, and of redis with as many values of the same size.
 */
public final class SnapshotBench {
  private static final int WRITERS = 4;
  private static final double CHANGES_A_SECOND = 100;
  private static final int GOAL_TICKETS = 100_000;
  private static final Report.Goal SECONDS = Report.Goal.atMost(1.5);
  private static final Report.Goal DISTURBED_MILLIS = Report.Goal.atMost(20);

  private final Report report;
  private final BenchOptions options;
  private final Scratch scratch;

  private SnapshotBench(Report report, BenchOptions options, Scratch scratch) {
    this.report = report;
    this.options = options;
    this.scratch = scratch;
  }

  /** Arguments: the server's launcher, then numbers of tickets and {@link BenchOptions}. */
  public static void main(String[] arguments) throws Exception {
    BenchMain.run(arguments, BenchOptions.defaults(5, 5, "100000"), SnapshotBench::measure);
  }

  private static Report measure(BenchOptions options, PrintStream out) throws Exception {
    try (Scratch scratch = new Scratch()) {
      Report report =
          new Report(
              "Snapshot: all tickets to a new watcher, beside 100 changes a second of 4 writers",
              Machine.facts(scratch.folder()));
      SnapshotBench bench = new SnapshotBench(report, options, scratch);
      Peers peers = new Peers(scratch, options::wants);
      for (int tickets : options.numbers()) {
        bench.run(tickets, peers);
      }
      peers.missing().stream().distinct().forEach(report::note);
      options.finish(report, out);
      options.plot(report, "snapshot-time", "tickets", "snapshot s");
      return report;
    }
  }

  private void run(int tickets, Peers peers) throws Exception {
    Path data = scratch.folder().resolve("data" + tickets);
    FilledServer.fill(data, tickets);
    BilletsTarget ours = BilletsTarget.of(new BenchServer(options.server(), data, List.of()));
    byte[] event = ours.prepare(WRITERS, FanOutTargets.EVENT_BYTES);
    double[] figures = rounds(ours, tickets);
    Path folder = Files.createDirectory(scratch.folder().resolve("redis" + tickets));
    Optional<Peers.Listening> redis = peers.redis(folder);
    if (redis.isPresent()) {
      try (RedisClient client = new RedisClient(redis.get().port())) {
        client.fill(tickets, (int) figures[1] / tickets);
      }
      double[] theirs = rounds(new RedisTarget(redis.get(), event), tickets);
      report.ratio(
          new Report.Ratio(
              "snapshot s", tickets + " tickets", "redis", figures[0] / theirs[0], null));
    }
  }

  /** Seconds and bytes of a snapshot. */
  private double[] rounds(FanOutTarget target, int tickets) throws Exception {
    boolean isRedis = target instanceof RedisTarget;
    PerRound seconds = new PerRound();
    PerRound bytes = new PerRound();
    Histogram during = new Histogram(TimeUnit.MINUTES.toNanos(5), 3);
    PerRound server = new PerRound();
    PerRound generator = new PerRound();
    Histogram before;
    try (FanOutLoad load =
        new FanOutLoad(target, new FanOutLoad.Size(0, WRITERS, WRITERS), new ArrayList<>())) {
      long nanos = TimeUnit.SECONDS.toNanos(options.seconds());
      load.open(CHANGES_A_SECOND, nanos);
      snapshot(load, tickets, isRedis);
      before = load.open(CHANGES_A_SECOND, nanos).answers();
      for (int round = 0; round < options.rounds(); round++) {
        Snapshot one = snapshot(load, tickets, isRedis);
        seconds.add(one.reader.seconds());
        bytes.add(one.reader.bytes());
        during.add(one.round.answers());
        server.add(one.round.serverSeconds());
        generator.add(100 * one.round.generatorSeconds() / one.round.seconds());
        if (!one.reader.sound()) {
          report.fault(target.name() + ": " + one.reader);
        }
      }
    }
    double[] p99 = {before.getValueAtPercentile(99) / 1e6, during.getValueAtPercentile(99) / 1e6};
    Map<String, Object> row = report.row();
    row.put("tickets", tickets);
    row.put("server", target.name());
    row.put("snapshot s", seconds.median());
    row.put("least", seconds.least());
    row.put("most", seconds.most());
    row.put("server CPU s", server.median());
    row.put("generator CPU %", generator.median());
    row.put("MB", bytes.median() / 1e6);
    row.put("writers' p99 ms before", p99[0]);
    row.put("during", p99[1]);
    row.put("most during", during.getMaxValue() / 1e6);
    if (tickets == GOAL_TICKETS && !isRedis) {
      goal("a snapshot in s", seconds.median(), SECONDS);
      goal("writers' p99 later by ms", p99[1] - p99[0], DISTURBED_MILLIS);
    }
    return new double[] {seconds.median(), bytes.median()};
  }

  private void goal(String what, double value, Report.Goal goal) {
    report.note(what + ": " + Report.number(value) + " (" + goal.verdict(value) + ")");
  }

  private record Snapshot(SnapshotReader reader, FanOutLoad.Round round) {}

  private static Snapshot snapshot(FanOutLoad load, int tickets, boolean isRedis)
      throws IOException {
    BenchConnection connection = load.target().writer(0);
    SnapshotReader reader = new SnapshotReader(tickets, isRedis);
    load.attach(connection, reader::take);
    connection.send(reader.request());
    FanOutLoad.Round round = load.openWhile(CHANGES_A_SECOND, () -> !reader.done());
    load.detach(connection);
    return new Snapshot(reader, round);
  }
}

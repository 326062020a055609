package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.lesbillets.bench.report.Machine;
import org.lesbillets.bench.report.Report;

/**
 * How long a server with so many tickets takes from its start until it is ready, and what they take
 * of its memory then; beside redis with as many values of the same size in its log.
 */
public final class RecoveryBench {
  /** About what a ticket takes as JSON. */
  private static final int VALUE_BYTES = 775;

  private static final int GOAL_TICKETS = 1_000_000;
  private static final Report.Goal SECONDS = Report.Goal.atMost(4);
  private static final Report.Goal BYTES_BEYOND_TEXT = Report.Goal.atMost(420);
  private static final double MEGABYTE = 1e6;

  private final Report report;
  private final BenchOptions options;
  private final Scratch scratch;

  /** Of one participant with one number of tickets. */
  private static final class Figures {
    private final PerRound seconds = new PerRound();
    private final PerRound processor = new PerRound();
    private final PerRound resident = new PerRound();
    private long heap;

    void add(long begin, ProcessorTime process) throws IOException {
      seconds.add((System.nanoTime() - begin) / 1e9);
      processor.add(process.seconds());
      resident.add(process.residentBytes() / MEGABYTE);
    }
  }

  private RecoveryBench(Report report, BenchOptions options, Scratch scratch) {
    this.report = report;
    this.options = options;
    this.scratch = scratch;
  }

  /** Arguments: the server's launcher, then numbers of tickets and {@link BenchOptions}. */
  public static void main(String[] arguments) throws Exception {
    BenchMain.run(
        arguments, BenchOptions.defaults(1, 3, "200000", "1000000"), RecoveryBench::measure);
  }

  private static Report measure(BenchOptions options, PrintStream out) throws Exception {
    try (Scratch scratch = new Scratch()) {
      Report report =
          new Report(
              "Recovery: from the start until ready, and memory then",
              Machine.facts(scratch.folder()));
      RecoveryBench bench = new RecoveryBench(report, options, scratch);
      Peers peers = new Peers(scratch, options::wants);
      long empty = bench.emptyHeap();
      for (int tickets : options.numbers()) {
        bench.run(tickets, empty, peers);
      }
      peers.missing().stream().distinct().forEach(report::note);
      options.finish(report, out);
      options.plot(report, "tickets-start", "tickets", "start s");
      options.plot(report, "tickets-memory", "tickets", "RSS MB");
      return report;
    }
  }

  private long emptyHeap() throws IOException, InterruptedException {
    try (BenchServer server = new BenchServer(options.server(), List.of())) {
      return FilledServer.heapBytes(server.time());
    }
  }

  private void run(int tickets, long emptyHeap, Peers peers) throws Exception {
    Path data = scratch.folder().resolve("data" + tickets);
    FilledServer.fill(data, tickets);
    Path folder = Files.createDirectory(scratch.folder().resolve("redis" + tickets));
    long emptyRedis = fillRedis(peers, folder, tickets);
    Figures ours = new Figures();
    Figures redis = new Figures();
    for (int round = 0; round < options.rounds(); round++) {
      long begin = System.nanoTime();
      try (BenchServer server = new BenchServer(options.server(), data, List.of())) {
        ours.add(begin, server.time());
        check(tickets, server);
        if (round == options.rounds() - 1) {
          ours.heap = FilledServer.heapBytes(server.time()) - emptyHeap;
        }
      }
      if (emptyRedis >= 0) {
        startRedis(peers, folder, tickets, redis);
      }
    }
    row(tickets, FanOutTargets.OURS, ours);
    if (tickets == GOAL_TICKETS) {
      note(tickets, "start in s", ours.seconds.median(), SECONDS);
    }
    double beyond = (double) ours.heap / tickets - FilledServer.TEXT_BYTES;
    note(tickets, "heap of a ticket beyond its text in bytes", beyond, BYTES_BEYOND_TEXT);
    if (emptyRedis >= 0) {
      redis.heap -= emptyRedis;
      row(tickets, RedisTarget.NAME, redis);
      report.ratio(
          new Report.Ratio(
              "start s", tickets + " tickets", "redis", ours.seconds.ratioTo(redis.seconds), null));
    }
  }

  private void note(int tickets, String what, double value, Report.Goal goal) {
    report.note(
        "%,d tickets, %s: %s (%s)"
            .formatted(tickets, what, Report.number(value), goal.verdict(value)));
  }

  private void row(int tickets, String name, Figures figures) {
    Map<String, Object> row = report.row();
    row.put("tickets", tickets);
    row.put("server", name);
    row.put("start s", figures.seconds.median());
    row.put("least", figures.seconds.least());
    row.put("most", figures.seconds.most());
    row.put("CPU s", figures.processor.median());
    row.put("RSS MB", figures.resident.median());
    row.put("heap MB", figures.heap / MEGABYTE);
    row.put("heap bytes a ticket", (double) figures.heap / tickets);
  }

  private void check(int tickets, BenchServer server) throws IOException {
    String answer = BilletsTarget.of(server).ask("\"type\":\"GetTickets\",\"limit\":1");
    if (!answer.contains("\"total\":" + tickets + "}")
        && !answer.contains("\"total\":" + tickets + ",")) {
      report.fault(FanOutTargets.OURS + " has other tickets: " + answer);
    }
  }

  /** Bytes it uses before; -1 without redis. */
  private static long fillRedis(Peers peers, Path folder, int tickets) throws IOException {
    Optional<Peers.Listening> redis = peers.redis(folder);
    if (redis.isEmpty()) {
      return -1;
    }
    try (Peers.Listening running = redis.get();
        RedisClient client = new RedisClient(running.port())) {
      long empty = client.memoryBytes();
      client.fill(tickets, VALUE_BYTES);
      return empty;
    }
  }

  private void startRedis(Peers peers, Path folder, int tickets, Figures figures)
      throws IOException {
    long begin = System.nanoTime();
    try (Peers.Listening running = peers.redis(folder).orElseThrow()) {
      figures.add(begin, running.program().time());
      try (RedisClient client = new RedisClient(running.port())) {
        figures.heap = client.memoryBytes();
        if (!client.ask("LLEN\ntickets").equals(Integer.toString(tickets))) {
          report.fault(RedisTarget.NAME + ": " + client.ask("LLEN\ntickets") + " values");
        }
      }
    }
  }
}

package org.lesbillets.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;
import org.lesbillets.bench.report.Machine;
import org.lesbillets.bench.report.Report;

/**
 * Acknowledged changes a second with so many writers at once, each on a connection and a ticket of
 * its own, each waiting for its answer before it asks again; of this server on SQLite and in
 * memory, and of redis, in turn.
 */
public final class WriteBench {
  private static final String IN_MEMORY = ", journal in memory";
  private static final long FIRST_WARM_NANOS = TimeUnit.SECONDS.toNanos(15);
  private static final long WARM_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  /** Of redis, with 256 writers. */
  private static final Report.Goal SHARE = Report.Goal.atLeast(0.4);

  /** Of the threads that a change passes through one after the other. */
  private static final Report.Goal MICROS = Report.Goal.atMost(25);

  private static final List<String> WRITE_PATH = List.of("desk", "journal-writer", "updater");
  private static final int GOAL_WRITERS = 256;
  private static final int MAX_THREADS = 8;

  private final Report report;
  private final BenchOptions options;
  private final Peers peers;

  /** What one participant did in each round. */
  private static final class Figures {
    private final PerRound changes = new PerRound();
    private final PerRound micros = new PerRound();
    private final PerRound server = new PerRound();
    private final PerRound generator = new PerRound();
    private final Histogram answers = new Histogram(TimeUnit.MINUTES.toNanos(5), 3);
    private final Map<String, Double> threads = new TreeMap<>();
    private long events;

    void add(FanOutLoad.Round round) {
      changes.add(round.events() / round.seconds());
      micros.add(1e6 * round.serverSeconds() / Math.max(1, round.events()));
      server.add(100 * round.serverSeconds() / round.seconds());
      generator.add(100 * round.generatorSeconds() / round.seconds());
      answers.add(round.answers());
      round.threads().forEach((name, seconds) -> threads.merge(name, seconds, Double::sum));
      events += round.events();
    }

    void fill(Map<String, Object> row) {
      row.put("changes/s", changes.median());
      row.put("least", changes.least());
      row.put("most", changes.most());
      row.put("p50 ms", answers.getValueAtPercentile(50) / 1e6);
      row.put("p99 ms", answers.getValueAtPercentile(99) / 1e6);
      row.put("server µs/change", micros.median());
      row.put("server CPU %", server.median());
      row.put("generator CPU %", generator.median());
    }

    /** Where most of the processor went. */
    String costliestThreads() {
      return threads.entrySet().stream()
          .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
          .limit(MAX_THREADS)
          .map(thread -> thread.getKey() + " " + micros(thread.getValue()))
          .collect(Collectors.joining(", "));
    }

    /** Microseconds of a change on the threads of the write path together. */
    double writePathMicros() {
      double seconds =
          WRITE_PATH.stream().mapToDouble(name -> threads.getOrDefault(name, 0.0)).sum();
      return 1e6 * seconds / Math.max(1, events);
    }

    private String micros(double seconds) {
      return Report.number(1e6 * seconds / Math.max(1, events));
    }
  }

  private WriteBench(Report report, BenchOptions options, Peers peers) {
    this.report = report;
    this.options = options;
    this.peers = peers;
  }

  /** Arguments: the server's launcher, then numbers of writers and {@link BenchOptions}. */
  public static void main(String[] arguments) throws Exception {
    BenchMain.run(arguments, BenchOptions.defaults(3, 3, "1", "16", "256"), WriteBench::measure);
  }

  private static Report measure(BenchOptions options, PrintStream out) throws Exception {
    try (Scratch scratch = new Scratch()) {
      Report report =
          new Report("Writes: each writer waits for its answer", Machine.facts(scratch.folder()));
      Peers peers = new Peers(scratch, options::wants);
      WriteBench bench = new WriteBench(report, options, peers);
      for (int writers : options.numbers()) {
        Path data = Files.createDirectory(scratch.folder().resolve("redis" + writers));
        bench.run(writers, data);
      }
      peers.missing().stream().distinct().forEach(report::note);
      options.finish(report, out);
      options.plot(report, "writes-rate", "writers", "changes/s");
      options.plot(report, "writes-cost", "writers", "server µs/change");
      return report;
    }
  }

  private void run(int writers, Path redisData) throws Exception {
    Map<String, Figures> figures = new LinkedHashMap<>();
    try (FanOutTargets targets = targets(writers, redisData)) {
      for (int round = 0; round < options.rounds(); round++) {
        for (FanOutLoad load : targets.loads()) {
          long warm = round == 0 && load.target().warmsUp() ? FIRST_WARM_NANOS : WARM_NANOS;
          FanOutLoad.Round done = load.closed(warm, TimeUnit.SECONDS.toNanos(options.seconds()));
          figures.computeIfAbsent(load.target().name(), name -> new Figures()).add(done);
        }
      }
      targets.check(report);
    }
    figures.forEach(
        (name, one) -> {
          Map<String, Object> row = report.row();
          row.put("writers", writers);
          row.put("server", name);
          one.fill(row);
        });
    ratios(writers, figures);
  }

  private FanOutTargets targets(int writers, Path redisData) throws Exception {
    List<FanOutTarget> targets = new ArrayList<>();
    BilletsTarget ours = BilletsTarget.of(new BenchServer(options.server(), List.of()));
    byte[] event = ours.prepare(writers, FanOutTargets.EVENT_BYTES);
    targets.add(ours);
    if (options.wants("memory")) {
      BenchServer server = new BenchServer(options.server(), List.of("--journal", "memory:"));
      BilletsTarget memory = BilletsTarget.of(server).named(FanOutTargets.OURS + IN_MEMORY);
      memory.prepare(writers, FanOutTargets.EVENT_BYTES);
      targets.add(memory);
    }
    Optional<Peers.Listening> redis = peers.redis(redisData);
    redis.ifPresent(listening -> targets.add(new RedisTarget(listening, event)));
    return new FanOutTargets(targets, new FanOutLoad.Size(0, writers, writers));
  }

  private void ratios(int writers, Map<String, Figures> figures) {
    Figures ours = figures.get(FanOutTargets.OURS);
    Figures redis = figures.get(RedisTarget.NAME);
    boolean goal = writers == GOAL_WRITERS;
    if (redis != null) {
      report.ratio(
          new Report.Ratio(
              "changes/s",
              writers + " writers",
              RedisTarget.NAME,
              ours.changes.ratioTo(redis.changes),
              goal ? SHARE : null));
    }
    report.note(
        "%d writers, µs of the server's threads for a change: %s; %s together %s%s"
            .formatted(
                writers,
                ours.costliestThreads(),
                String.join(", ", WRITE_PATH),
                Report.number(ours.writePathMicros()),
                goal ? " (" + MICROS.verdict(ours.writePathMicros()) + ")" : ""));
  }
}

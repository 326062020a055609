package org.lesbillets.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lesbillets.bench.report.Machine;
import org.lesbillets.bench.report.Report;

/**
 * What a server takes of memory after it created so many tickets and after a restart, and what an
 * idle one with 100 sessions takes of memory and processor; the latter beside its peers.
 */
public final class MemoryBench {
  private static final int SESSIONS = 100;
  private static final int LANES = 64;
  private static final int WRITERS = 16;
  private static final double MEGABYTE = 1e6;

  /** In rounds: a server works on after its start, it compiles what it has run. */
  private static final int SETTLES = 6;

  private static final Report.Goal IDLE_PERCENT = Report.Goal.atMost(1);
  private static final Report.Goal IDLE_MEGABYTES = Report.Goal.atMost(120);
  private static final Report.Goal ABOVE_HEAP = Report.Goal.atMost(150);

  private final Report report;
  private final BenchOptions options;
  private final Scratch scratch;

  private MemoryBench(Report report, BenchOptions options, Scratch scratch) {
    this.report = report;
    this.options = options;
    this.scratch = scratch;
  }

  /** Arguments: the server's launcher, then numbers of tickets and {@link BenchOptions}. */
  public static void main(String[] arguments) throws Exception {
    BenchMain.run(arguments, BenchOptions.defaults(10, 1, "200000"), MemoryBench::measure);
  }

  private static Report measure(BenchOptions options, PrintStream out) throws Exception {
    try (Scratch scratch = new Scratch()) {
      Report report =
          new Report(
              "Memory: after creating tickets, after a restart, and idle with 100 sessions",
              Machine.facts(scratch.folder()));
      MemoryBench bench = new MemoryBench(report, options, scratch);
      Peers peers = new Peers(scratch, options::wants);
      for (int tickets : options.numbers()) {
        bench.created(tickets);
      }
      bench.idle(peers);
      peers.missing().stream().distinct().forEach(report::note);
      options.finish(report, out);
      return report;
    }
  }

  private void created(int tickets) throws Exception {
    Path data = scratch.folder().resolve("data" + tickets);
    BenchServer server = new BenchServer(options.server(), data, List.of());
    BilletsTarget target = BilletsTarget.of(server).creating();
    FanOutLoad.Size size = new FanOutLoad.Size(0, WRITERS, LANES);
    try (FanOutLoad load = new FanOutLoad(target, size, new ArrayList<>())) {
      load.closedFor(tickets);
      row("after creating", tickets, server.time());
    }
    try (BenchServer again = new BenchServer(options.server(), data, List.of())) {
      row("after a restart", tickets, again.time());
    }
  }

  /** Memory as it is, and after a full collection. */
  private void row(String when, int tickets, ProcessorTime process) throws Exception {
    double resident = process.residentBytes() / MEGABYTE;
    double heap = FilledServer.heapBytes(process) / MEGABYTE;
    Map<String, Object> row = report.row();
    row.put("server", FanOutTargets.OURS);
    row.put("when", when);
    row.put("tickets", tickets);
    row.put("RSS MB", resident);
    row.put("heap in use MB", heap);
    report.note(
        "%s of %,d tickets, RSS above the heap in use in MB: %s (%s)"
            .formatted(
                when,
                tickets,
                Report.number(resident - heap),
                ABOVE_HEAP.verdict(resident - heap)));
  }

  private void idle(Peers peers) throws Exception {
    BilletsTarget ours = BilletsTarget.of(new BenchServer(options.server(), List.of()));
    FanOutLoad.Size size = new FanOutLoad.Size(SESSIONS, 1, 1);
    try (FanOutTargets targets = new FanOutTargets(ours, peers, size)) {
      for (FanOutLoad load : targets.loads()) {
        long nanos = TimeUnit.SECONDS.toNanos(options.seconds());
        load.idle(SETTLES * nanos);
        FanOutLoad.Round round = load.idle(nanos);
        double percent = 100 * round.serverSeconds() / round.seconds();
        double resident = load.target().time().residentBytes() / MEGABYTE;
        Map<String, Object> row = report.row();
        row.put("server", load.target().name());
        row.put("when", "idle, " + SESSIONS + " sessions");
        row.put("tickets", 0);
        row.put("RSS MB", resident);
        row.put("CPU %", percent);
        if (load.target() == ours) {
          report.note(
              "idle, CPU %: "
                  + Report.number(percent)
                  + " ("
                  + IDLE_PERCENT.verdict(percent)
                  + ")");
          report.note(
              "idle, RSS MB: "
                  + Report.number(resident)
                  + " ("
                  + IDLE_MEGABYTES.verdict(resident)
                  + ")");
        }
      }
    }
  }
}

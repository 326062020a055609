package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lesbillets.bench.report.Machine;
import org.lesbillets.bench.report.Report;

/**
 * What a change costs beside so many waiting claims, or so many watches with a query, none of which
 * it matches: changes a second of 16 writers with 64 under way, and processor time of each. All
 * sizes are of one server, and take turns.
 */
public final class WaitsBench {
  private static final int WRITERS = 16;
  private static final int LANES = 64;
  private static final int QUERIES = 100;
  private static final long FIRST_WARM_NANOS = TimeUnit.SECONDS.toNanos(6);
  private static final long WARM_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final BenchOptions options;
  private final Map<String, Map<Integer, Figures>> figures = new LinkedHashMap<>();

  /** What waits, and how it is asked for. */
  private enum Kind {
    CLAIMS("waiting claims", "\"ClaimTicket\",\"requestId\":\"w\",\"waitForever\":true"),
    WATCHES("watches with a query", "\"GetTickets\",\"requestId\":\"w\",\"watch\":true");

    private final String title;
    private final String request;

    Kind(String title, String request) {
      this.title = title;
      this.request = request;
    }

    String request(int number) {
      return "{\"type\":" + request + ",\"query\":\"tag:none" + number % QUERIES + "\"}";
    }
  }

  /** Of one kind and size. */
  private static final class Figures {
    private final PerRound changes = new PerRound();
    private final PerRound micros = new PerRound();
    private final PerRound generator = new PerRound();
  }

  private WaitsBench(BenchOptions options) {
    this.options = options;
  }

  /** Arguments: the server's launcher, then numbers of waiters and {@link BenchOptions}. */
  public static void main(String[] arguments) throws Exception {
    BenchMain.run(
        arguments, BenchOptions.defaults(2, 3, "0", "50", "200", "500"), WaitsBench::measure);
  }

  private static Report measure(BenchOptions options, PrintStream out) throws Exception {
    try (Scratch scratch = new Scratch()) {
      Report report =
          new Report(
              "Waits: changes beside claims and watches that they do not match",
              Machine.facts(scratch.folder()));
      new WaitsBench(options).run(report);
      options.finish(report, out);
      options.plot(report, "waits-rate", "waiting", "changes/s");
      options.plot(report, "waits-cost", "waiting", "server µs/change");
      return report;
    }
  }

  private void run(Report report) throws Exception {
    BilletsTarget target = BilletsTarget.of(new BenchServer(options.server(), List.of()));
    target.prepare(LANES, FanOutTargets.EVENT_BYTES);
    FanOutLoad.Size size = new FanOutLoad.Size(0, WRITERS, LANES);
    try (FanOutLoad load = new FanOutLoad(target, size, new ArrayList<>())) {
      load.closed(0, FIRST_WARM_NANOS);
      for (int round = 0; round < options.rounds(); round++) {
        for (Kind kind : Kind.values()) {
          for (int waiting : options.numbers()) {
            round(load, kind, waiting);
          }
        }
      }
    }
    report(report);
  }

  private void round(FanOutLoad load, Kind kind, int waiting) throws IOException {
    List<BenchConnection> connections = new ArrayList<>();
    for (int i = 0; i < waiting; i++) {
      BenchConnection connection = load.target().writer(i);
      load.attach(connection, (from, payload) -> {});
      connection.send(kind.request(i));
      connections.add(connection);
    }
    FanOutLoad.Round done = load.closed(WARM_NANOS, TimeUnit.SECONDS.toNanos(options.seconds()));
    for (BenchConnection connection : connections) {
      load.detach(connection);
    }
    Figures one =
        figures
            .computeIfAbsent(kind.title, title -> new LinkedHashMap<>())
            .computeIfAbsent(waiting, n -> new Figures());
    one.changes.add(done.events() / done.seconds());
    one.micros.add(1e6 * done.serverSeconds() / Math.max(1, done.events()));
    one.generator.add(100 * done.generatorSeconds() / done.seconds());
  }

  private void report(Report report) {
    figures.forEach(
        (title, sizes) -> {
          Figures none = sizes.get(0);
          sizes.forEach(
              (waiting, one) -> {
                Map<String, Object> row = report.row();
                row.put("server", title);
                row.put("waiting", waiting);
                row.put("changes/s", one.changes.median());
                row.put("least", one.changes.least());
                row.put("most", one.changes.most());
                row.put("server µs/change", one.micros.median());
                row.put("generator CPU %", one.generator.median());
                if (none != null && none != one) {
                  report.ratio(
                      new Report.Ratio(
                          "changes/s",
                          waiting + " " + title,
                          "none waiting",
                          one.changes.ratioTo(none.changes),
                          null));
                }
              });
        });
  }
}

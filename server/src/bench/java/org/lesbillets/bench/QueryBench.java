package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.lesbillets.bench.report.Machine;
import org.lesbillets.bench.report.Report;

/**
 * What costly queries of some cost others: the latency of ordinary requests, which arrive at a
 * fixed rate (open loop), first alone, then beside watches, lists and claims with the costliest
 * query that is legal; and the ratio of both. One thread.
 */
public final class QueryBench {
  private static final Load LOAD = new Load(40, 40, 200);
  private static final int IN_FLIGHT = 200;
  private static final long OFTEN_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long SELDOM_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** Letters of a description, and of a text that almost fits everywhere in it. */
  private static final int DESCRIPTION = 500;

  private static final int TEXT = 450;

  private final int port;
  private final IntFunction<String> tokens;
  private final Load load;
  private final Report report;
  private final Selector selector;
  private final List<Probe> probes = new ArrayList<>();
  private final List<BenchConnection> connections = new ArrayList<>();

  /** What a connection asks again when it is answered. */
  private final Map<BenchConnection, String> again = new HashMap<>();

  /** How many ask costly queries at once, each over a connection of its own. */
  public record Load(int watches, int lists, int claims) {}

  /** Answers to other requests than the probes'. */
  private long costly;

  /** Of those, claims that nothing matched. */
  private long refused;

  /**
   * @param tokens the token of each connection, by its number
   */
  public QueryBench(int port, IntFunction<String> tokens, Load load, Report report)
      throws IOException {
    this.port = port;
    this.tokens = tokens;
    this.load = load;
    this.report = report;
    this.selector = Selector.open();
  }

  /**
   * Arguments: the server's launcher, the number of tickets, the seconds of each phase, and {@link
   * BenchOptions}.
   */
  public static void main(String[] arguments) throws Exception {
    BenchMain.run(arguments, BenchOptions.defaults(15, 1, "50000"), QueryBench::measure);
  }

  private static Report measure(BenchOptions options, PrintStream out) throws IOException {
    List<Integer> numbers = options.numbers();
    try (BenchServer server = new BenchServer(options.server(), List.of())) {
      Report report =
          new Report(
              "Queries: ordinary requests alone, and beside costly ones",
              Machine.facts(server.data()));
      String token = server.token();
      QueryBench bench = new QueryBench(server.port(), n -> token, LOAD, report);
      bench.run(numbers.get(0), numbers.size() > 1 ? numbers.get(1) : options.seconds());
      report.note("no peer has queries: the ratios are to the same server alone");
      options.finish(report, out);
      return report;
    }
  }

  /** Ordinary requests of one kind, over a connection of their own. */
  private final class Probe {
    private final String kind;
    private final String request;
    private final long intervalNanos;
    private final BenchConnection connection = open();
    private final Map<String, Long> dueNanos = new HashMap<>();
    private final List<Long> latencies = new ArrayList<>();
    private long nextNanos = System.nanoTime();
    private long sent;

    Probe(String kind, long intervalNanos, String request) throws IOException {
      this.kind = kind;
      this.intervalNanos = intervalNanos;
      this.request = request;
    }

    void sendDue(long now) throws IOException {
      while (nextNanos <= now) {
        String id = "p" + sent++;
        dueNanos.put(id, nextNanos);
        nextNanos += intervalNanos;
        connection.send("{\"type\":" + request.replace("ID", id) + "}");
      }
    }

    void answered(String text) {
      int at = text.indexOf("\"requestId\":\"p");
      if (at >= 0) {
        int begin = at + "\"requestId\":\"".length();
        Long due = dueNanos.remove(text.substring(begin, text.indexOf('"', begin)));
        if (due != null) {
          latencies.add(System.nanoTime() - due);
        }
      }
    }

    /** The latency in milliseconds that so many percent do not exceed; what waits counts. */
    double millis(int percent) {
      long now = System.nanoTime();
      List<Long> all = new ArrayList<>(latencies);
      dueNanos.values().forEach(due -> all.add(now - due));
      long[] sorted = all.stream().mapToLong(Long::longValue).sorted().toArray();
      return sorted.length == 0 ? Double.NaN : sorted[(sorted.length - 1) * percent / 100] / 1e6;
    }

    void forget() {
      latencies.clear();
      dueNanos.clear();
    }
  }

  private BenchConnection open() throws IOException {
    BenchConnection connection = new BenchConnection(port, tokens.apply(connections.size()));
    connection.register(selector);
    connections.add(connection);
    return connection;
  }

  /**
   * Measures, and reports what came of it.
   *
   * @param seconds of each phase
   * @return the latency beside the costly queries that 99 % of each kind of request do not exceed,
   *     in milliseconds, of the slowest kind
   */
  public double run(int tickets, int seconds) throws IOException {
    fill(tickets);
    add("comment", OFTEN_NANOS, "CommentTicket", ",\"ticket\":1,\"text\":\"Hello\"");
    add("show", OFTEN_NANOS, "GetTicket", ",\"ticket\":2");
    add("ping", OFTEN_NANOS, "Ping", "");
    add("claim", SELDOM_NANOS, "ClaimTicket", ",\"query\":\"tag:none\"");
    add("list", SELDOM_NANOS, "GetTickets", ",\"query\":\"number:3\"");
    phase(seconds);
    double generator = ProcessorTime.own().seconds();
    double[] alone = measure(seconds);
    rows("alone", seconds, generator);
    load();
    phase(seconds);
    generator = ProcessorTime.own().seconds();
    double[] beside = measure(seconds);
    rows("beside costly ones", seconds, generator);
    for (int i = 0; i < alone.length; i++) {
      String kind = probes.get(i).kind;
      report.ratio(new Report.Ratio("p99 ms", kind, "alone", beside[i] / alone[i], null));
    }
    report.note(
        "costly requests answered: %d, of which claims: %d".formatted(costly - tickets, refused));
    for (BenchConnection connection : connections) {
      connection.close();
    }
    return Arrays.stream(beside).max().orElseThrow();
  }

  private double[] measure(int seconds) throws IOException {
    probes.forEach(Probe::forget);
    phase(seconds);
    return probes.stream().mapToDouble(probe -> probe.millis(99)).toArray();
  }

  private void add(String kind, long intervalNanos, String type, String fields) throws IOException {
    String request = "\"" + type + "\",\"requestId\":\"ID\"" + fields;
    probes.add(new Probe(kind, intervalNanos, request));
  }

  private void rows(String when, int seconds, double generatorBefore) throws IOException {
    double generator = 100 * (ProcessorTime.own().seconds() - generatorBefore) / seconds;
    for (Probe probe : probes) {
      Map<String, Object> row = report.row();
      row.put("request", probe.kind);
      row.put("when", when);
      row.put("p50 ms", probe.millis(50));
      row.put("p99 ms", probe.millis(99));
      row.put("answers", probe.latencies.size());
      row.put("generator CPU %", generator);
    }
  }

  /** Lets the probes ask for so long. */
  private void phase(int seconds) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    for (Probe probe : probes) {
      probe.nextNanos = System.nanoTime();
    }
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      long next = end;
      for (Probe probe : probes) {
        probe.sendDue(now);
        next = Math.min(next, probe.nextNanos);
      }
      poll(Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - System.nanoTime())));
    }
  }

  private void poll(long millis) throws IOException {
    selector.select(millis);
    for (SelectionKey key : selector.selectedKeys()) {
      BenchConnection connection = (BenchConnection) key.attachment();
      if (key.isWritable()) {
        connection.flush();
      }
      if (!connection.read(this::take)) {
        throw new IOException("the server closed a connection");
      }
    }
    selector.selectedKeys().clear();
  }

  private void take(BenchConnection from, ByteBuffer payload) throws IOException {
    String text = StandardCharsets.UTF_8.decode(payload).toString();
    for (Probe probe : probes) {
      if (probe.connection == from) {
        probe.answered(text);
        return;
      }
    }
    if (text.contains("\"requestId\":\"x\"")) {
      costly++;
      refused += text.contains("\"NOT_FOUND\"") ? 1 : 0;
      String request = again.get(from);
      if (request != null) {
        from.send(request);
      }
    }
  }

  private void fill(int tickets) throws IOException {
    BenchConnection connection = open();
    String create =
        "{\"type\":\"CreateTicket\",\"requestId\":\"x\",\"ticket\":{\"title\":\"Ticket\","
            + "\"description\":\""
            + "a".repeat(DESCRIPTION)
            + "\"}}";
    again.put(connection, create);
    for (int i = 0; i < IN_FLIGHT; i++) {
      connection.send(create);
    }
    while (costly < tickets - IN_FLIGHT) {
      poll(1_000);
    }
    again.clear();
    while (costly < tickets) {
      poll(1_000);
    }
  }

  /** Each term is looked at, and each text compared with the whole of each description. */
  private static String costliestQuery() {
    StringBuilder query = new StringBuilder();
    query.append("number:>0 ".repeat(24));
    for (int i = 0; i < 7; i++) {
      query.append("not:").append("a".repeat(TEXT - i)).append("ba ");
    }
    return query.append("a".repeat(TEXT)).append("bca").toString();
  }

  /** The costly requests in random order, each over a connection of its own. */
  private void load() throws IOException {
    String query = ",\"query\":\"" + costliestQuery() + "\"";
    String watch = costlyRequest("GetTickets", query + ",\"watch\":true");
    List<String> requests = new ArrayList<>();
    requests.addAll(Collections.nCopies(load.watches, watch));
    requests.addAll(Collections.nCopies(load.lists, costlyRequest("GetTickets", query)));
    requests.addAll(Collections.nCopies(load.claims, costlyRequest("ClaimTicket", query)));
    Collections.shuffle(requests, new Random(1));
    for (String request : requests) {
      BenchConnection connection = open();
      connection.send(request);
      if (!request.equals(watch)) {
        again.put(connection, request);
      }
    }
  }

  private static String costlyRequest(String type, String fields) {
    return "{\"type\":\"" + type + "\",\"requestId\":\"x\"" + fields + "}";
  }
}

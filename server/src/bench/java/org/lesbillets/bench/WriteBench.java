package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Acknowledged changes a second with so many writers at once, each on a connection and a ticket of
 * its own, each waiting for its answer before it asks again.
 */
public final class WriteBench {
  private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int MAX_LATENCIES = 4_000_000;
  private static final String FILLER = "x".repeat(100);

  private final BenchServer server;
  private final long[] latencies = new long[MAX_LATENCIES];
  private int answered;

  private WriteBench(BenchServer server) {
    this.server = server;
  }

  /** Arguments: the server's launcher, then the numbers of writers. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    for (String journal : List.of("sqlite:", "memory:")) {
      try (BenchServer server =
          new BenchServer(Path.of(arguments[0]), List.of("--journal", journal))) {
        for (String writers : Arrays.asList(arguments).subList(1, arguments.length)) {
          new WriteBench(server).run(Integer.parseInt(writers), journal, out);
        }
      }
    }
  }

  private static final class Writer {
    private final String ticket;
    private long askedNanos;
    private long requests;

    Writer(String ticket) {
      this.ticket = ticket;
    }

    String next() {
      askedNanos = System.nanoTime();
      requests++;
      return "{\"type\":\"CommentTicket\",\"requestId\":\"r"
          + requests
          + "\",\"ticket\":\""
          + ticket
          + "\",\"text\":\""
          + FILLER
          + "\"}";
    }
  }

  private void run(int count, String journal, PrintStream out) throws IOException {
    try (Selector selector = Selector.open()) {
      List<BenchConnection> connections = new ArrayList<>();
      List<Writer> writers = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        BenchConnection connection = new BenchConnection(server.port(), server.token());
        connection.register(selector);
        connections.add(connection);
        String ticket = create(selector, connection);
        writers.add(new Writer(ticket));
      }
      measure(selector, connections, writers);
      long[] sorted = Arrays.copyOf(latencies, answered);
      Arrays.sort(sorted);
      double cpu = server.processorSeconds();
      out.printf(
          "%-8s writers %4d  %,9.0f changes/s  median %6.2f ms  p99 %6.2f ms  (server cpu %.1f"
              + " s)%n",
          journal,
          count,
          answered / (RUN_NANOS / 1e9),
          sorted[sorted.length / 2] / 1e6,
          sorted[sorted.length * 99 / 100] / 1e6,
          cpu);
      for (BenchConnection connection : connections) {
        connection.close();
      }
    }
  }

  private static String create(Selector selector, BenchConnection connection) throws IOException {
    String[] id = new String[1];
    connection.send(
        "{\"type\":\"CreateTicket\",\"requestId\":\"c\",\"ticket\":{\"title\":\"bench\"}}");
    while (id[0] == null) {
      selector.select(1_000);
      selector.selectedKeys().clear();
      connection.read(
          (from, payload) -> {
            String text = java.nio.charset.StandardCharsets.UTF_8.decode(payload).toString();
            if (text.contains("\"requestId\":\"c\"")) {
              id[0] = text.replaceAll(".*\"ticketId\":\"([^\"]+)\".*", "$1");
            }
          });
    }
    return id[0];
  }

  private void measure(Selector selector, List<BenchConnection> connections, List<Writer> writers)
      throws IOException {
    for (SelectionKey key : selector.keys()) {
      BenchConnection connection = (BenchConnection) key.attachment();
      connection.send(writers.get(connections.indexOf(connection)).next());
    }
    java.util.Map<BenchConnection, Writer> byConnection = new java.util.IdentityHashMap<>();
    for (int i = 0; i < connections.size(); i++) {
      byConnection.put(connections.get(i), writers.get(i));
    }
    long begin = System.nanoTime() + WARM_NANOS;
    long end = begin + RUN_NANOS;
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      selector.select(100);
      long from = now;
      for (SelectionKey key : selector.selectedKeys()) {
        BenchConnection connection = (BenchConnection) key.attachment();
        if (key.isWritable()) {
          connection.flush();
        }
        connection.read(
            (source, payload) -> {
              Writer writer = byConnection.get(source);
              if (from >= begin && answered < MAX_LATENCIES) {
                latencies[answered++] = System.nanoTime() - writer.askedNanos;
              }
              source.send(writer.next());
            });
      }
      selector.selectedKeys().clear();
    }
  }
}

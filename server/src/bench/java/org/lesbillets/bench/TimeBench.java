package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How late watches hear what time alone changes, and what that costs: so many sessions whose
 * queries mention time, each of ten durations, on a large desk on which one writer comments on
 * tickets at a steady rate. Each comment has a ticket leave all watches, and enter them again
 * seconds later, without a change.
 */
public final class TimeBench {
  private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(20);
  private static final int IN_FLIGHT = 200;
  private static final int CHANGES_A_SECOND = 10;
  private static final int MAX_LATENESSES = 4_000_000;
  private static final Pattern AT = Pattern.compile("\"at\":\"([^\"]+)\"");

  private final BenchServer server;
  private final long[] lateMillis = new long[MAX_LATENESSES];
  private int matches;
  private int answers;
  private int positions;
  private double processorSeconds;

  private TimeBench(BenchServer server) {
    this.server = server;
  }

  /** Arguments: the server's launcher, the number of tickets, then numbers of sessions. */
  public static void main(String[] arguments) throws IOException {
    int tickets = Integer.parseInt(arguments[1]);
    for (int i = 2; i < arguments.length; i++) {
      try (BenchServer server =
          new BenchServer(Path.of(arguments[0]), List.of("--journal", "memory:"))) {
        new TimeBench(server).run(tickets, Integer.parseInt(arguments[i]), System.out);
      }
    }
  }

  private void run(int tickets, int sessions, PrintStream out) throws IOException {
    try (Selector selector = Selector.open()) {
      BenchConnection writer = new BenchConnection(server.port(), server.token());
      writer.register(selector);
      fill(selector, writer, tickets);
      settle(selector, writer);
      List<BenchConnection> watchers = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        BenchConnection watcher = new BenchConnection(server.port(), server.token());
        watcher.register(selector);
        watcher.send(
            "{\"type\":\"GetTickets\",\"requestId\":\"w\",\"watch\":true,\"limit\":1,\"query\":"
                + ("\"updated:>=" + (2_000 + 100 * (i % 10)) + "ms\"}"));
        watchers.add(watcher);
      }
      long ready = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
      while (positions < sessions && System.nanoTime() < ready) {
        read(selector, writer);
      }
      measure(selector, writer, tickets);
      report(sessions, tickets, out);
    }
  }

  private void fill(Selector selector, BenchConnection writer, int tickets) throws IOException {
    int sent = 0;
    while (answers < tickets) {
      for (; sent < tickets && sent - answers < IN_FLIGHT; sent++) {
        writer.send(
            "{\"type\":\"CreateTicket\",\"requestId\":\"c\",\"ticket\":{\"title\":\"bench\"}}");
      }
      read(selector, writer);
    }
  }

  /** Until no ticket is so young that it would enter on its own. */
  private void settle(Selector selector, BenchConnection writer) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(4);
    while (System.nanoTime() < end) {
      read(selector, writer);
    }
  }

  private void measure(Selector selector, BenchConnection writer, int tickets) throws IOException {
    matches = 0;
    answers = 0;
    double before = server.processorSeconds();
    long begin = System.nanoTime();
    long every = TimeUnit.SECONDS.toNanos(1) / CHANGES_A_SECOND;
    for (int sent = 0; System.nanoTime() - begin < RUN_NANOS; ) {
      if (System.nanoTime() - begin >= sent * every) {
        int ticket = 1 + sent++ * 7 % tickets;
        writer.send(
            "{\"type\":\"CommentTicket\",\"requestId\":\"c\",\"ticket\":"
                + (ticket + ",\"text\":\"bench\"}"));
      }
      read(selector, writer);
    }
    processorSeconds = server.processorSeconds() - before;
  }

  private void read(Selector selector, BenchConnection writer) throws IOException {
    selector.select(5);
    for (SelectionKey key : selector.selectedKeys()) {
      BenchConnection connection = (BenchConnection) key.attachment();
      if (key.isWritable()) {
        connection.flush();
      }
      connection.read((source, payload) -> take(source == writer, payload));
    }
    selector.selectedKeys().clear();
  }

  private void take(boolean ofWriter, ByteBuffer payload) {
    if (ofWriter) {
      answers++;
      return;
    }
    String text = StandardCharsets.UTF_8.decode(payload).toString();
    if (text.startsWith("{\"type\":\"Position\"")) {
      positions++;
    } else if (text.startsWith("{\"type\":\"TicketMatch\"") && matches < MAX_LATENESSES) {
      Matcher at = AT.matcher(text);
      if (at.find()) {
        long due = Instant.parse(at.group(1)).toEpochMilli();
        lateMillis[matches++] = System.currentTimeMillis() - due;
      }
    }
  }

  private void report(int sessions, int tickets, PrintStream out) {
    long[] sorted = Arrays.copyOf(lateMillis, matches);
    Arrays.sort(sorted);
    double seconds = RUN_NANOS / 1e9;
    out.printf(
        "sessions %4d  tickets %,8d  changes %3.0f/s  told %,8.0f/s  late: median %d ms  p99 %d ms"
            + "  most %d ms  server cpu %.0f %%%n",
        sessions,
        tickets,
        answers / seconds,
        matches / seconds,
        matches == 0 ? 0 : sorted[matches / 2],
        matches == 0 ? 0 : sorted[matches * 99 / 100],
        matches == 0 ? 0 : sorted[matches - 1],
        100 * processorSeconds / seconds);
  }
}

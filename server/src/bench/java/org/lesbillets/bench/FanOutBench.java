package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Deliveries a second to so many watchers, while one writer keeps many changes under way. A
 * delivery is one event's frame read by one watcher.
 */
public final class FanOutBench {
  private static final long WARM_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long RUN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int IN_FLIGHT = 200;
  private static final int TICKETS = 200;

  private final BenchServer server;
  private long delivered;
  private long bytes;
  private long answered;

  private FanOutBench(BenchServer server) {
    this.server = server;
  }

  /** Arguments: the server's launcher, then the numbers of watchers. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    for (int i = 1; i < arguments.length; i++) {
      try (BenchServer server =
          new BenchServer(Path.of(arguments[0]), List.of("--journal", "memory:"))) {
        new FanOutBench(server).run(Integer.parseInt(arguments[i]), out);
      }
    }
  }

  private void run(int watchers, PrintStream out) throws IOException {
    try (Selector selector = Selector.open()) {
      BenchConnection writer = new BenchConnection(server.port(), server.token());
      writer.register(selector);
      for (int i = 0; i < TICKETS; i++) {
        writer.send(
            "{\"type\":\"CreateTicket\",\"requestId\":\"c\",\"ticket\":{\"title\":\"bench\"}}");
      }
      List<BenchConnection> connections = new ArrayList<>();
      for (int i = 0; i < watchers; i++) {
        BenchConnection watcher = new BenchConnection(server.port(), server.token());
        watcher.register(selector);
        watcher.send("{\"type\":\"GetTickets\",\"requestId\":\"w\",\"watch\":true,\"limit\":1}");
        connections.add(watcher);
      }
      for (int i = 0; i < IN_FLIGHT; i++) {
        writer.send(comment(i));
      }
      measure(selector, writer);
      double seconds = RUN_NANOS / 1e9;
      out.printf(
          "watchers %5d  %,12.0f deliveries/s  %,8.0f events/s  %5d bytes each%n",
          watchers, delivered / seconds, answered / seconds, bytes / Math.max(1, delivered));
      writer.close();
      for (BenchConnection connection : connections) {
        connection.close();
      }
    }
  }

  private static String comment(long n) {
    return "{\"type\":\"CommentTicket\",\"requestId\":\"r\",\"ticket\":"
        + (1 + n % TICKETS)
        + ",\"text\":\"bench\"}";
  }

  private void measure(Selector selector, BenchConnection writer) throws IOException {
    long begin = System.nanoTime() + WARM_NANOS;
    long end = begin + RUN_NANOS;
    long[] sent = {IN_FLIGHT};
    for (long now = System.nanoTime(); now < end; now = System.nanoTime()) {
      selector.select(100);
      boolean counts = now >= begin;
      for (SelectionKey key : selector.selectedKeys()) {
        BenchConnection connection = (BenchConnection) key.attachment();
        if (key.isWritable()) {
          connection.flush();
        }
        connection.read(
            (source, payload) -> {
              if (source == writer) {
                answered += counts ? 1 : 0;
                source.send(comment(sent[0]++));
              } else if (counts) {
                delivered++;
                bytes += payload.remaining();
              }
            });
      }
      selector.selectedKeys().clear();
    }
  }
}

package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Claims as a queue: races for one ticket, waiting claims that are granted one by one, what waiting
 * claims are sent while nothing happens, and acknowledged changes a second beside many waiting
 * claims and watches with a query.
 */
public final class ClaimBench {
  private static final int RACERS = 8;
  private static final int WAITERS = 50;
  private static final int MANY = 500;
  private static final int QUERIES = 100;
  private static final int WRITERS = 64;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final BenchServer server;
  private final Selector selector;
  private final PrintStream out;
  private final Map<BenchConnection, String> last = new IdentityHashMap<>();
  private long texts;

  private ClaimBench(BenchServer server, Selector selector, PrintStream out) {
    this.server = server;
    this.selector = selector;
    this.out = out;
  }

  /** Arguments: the server's launcher, rounds of the race, seconds of load, seconds of idleness. */
  public static void main(String[] arguments) throws IOException {
    int rounds = Integer.parseInt(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    try (BenchServer server = new BenchServer(Path.of(arguments[0]), List.of());
        Selector selector = Selector.open()) {
      ClaimBench bench = new ClaimBench(server, selector, System.out);
      bench.race(rounds);
      bench.queue();
      bench.idle(Integer.parseInt(arguments[3]));
      bench.load(seconds);
    }
  }

  private BenchConnection connect() throws IOException {
    BenchConnection connection = new BenchConnection(server.port(), server.token());
    connection.register(selector);
    return connection;
  }

  /** Reads what arrives in so many milliseconds at most. */
  private void read(long millis, BenchConnection.OnText onText) throws IOException {
    selector.select(millis);
    for (SelectionKey key : selector.selectedKeys()) {
      BenchConnection connection = (BenchConnection) key.attachment();
      if (key.isWritable()) {
        connection.flush();
      }
      connection.read(onText);
    }
    selector.selectedKeys().clear();
  }

  private void note(BenchConnection from, ByteBuffer payload) {
    texts++;
    last.put(from, StandardCharsets.UTF_8.decode(payload).toString());
  }

  /** The answer to a request of {@code connection}. */
  private String await(BenchConnection connection, String requestId) throws IOException {
    String mark = "\"requestId\":\"" + requestId + "\"";
    long begin = System.nanoTime();
    while (!last.getOrDefault(connection, "").contains(mark)) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IOException("no answer to " + requestId);
      }
      read(1_000, this::note);
    }
    return last.get(connection);
  }

  private static String create(String id, String tag) {
    return "{\"type\":\"CreateTicket\",\"requestId\":\"%s\",".formatted(id)
        + "\"ticket\":{\"title\":\"t\",\"tags\":[\"%s\"]}}".formatted(tag);
  }

  private static String claim(String id, String query, boolean waits) {
    return "{\"type\":\"ClaimTicket\",\"requestId\":\"%s\",\"query\":\"%s\"%s}"
        .formatted(id, query, waits ? ",\"waitForever\":true" : "");
  }

  private void close(List<BenchConnection> connections) throws IOException {
    for (BenchConnection connection : connections) {
      connection.close();
    }
  }

  private List<BenchConnection> connect(int count) throws IOException {
    List<BenchConnection> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(connect());
    }
    return all;
  }

  private void race(int rounds) throws IOException {
    List<BenchConnection> racers = connect(RACERS);
    int single = 0;
    for (int round = 0; round < rounds; round++) {
      String id = "r" + round;
      racers.get(0).send(create("c" + round, "race"));
      await(racers.get(0), "c" + round);
      for (BenchConnection racer : racers) {
        racer.send(claim(id, "tag:race", false));
      }
      int won = 0;
      for (BenchConnection racer : racers) {
        won += await(racer, id).contains("\"claimed\":true") ? 1 : 0;
      }
      single += won == 1 ? 1 : 0;
    }
    out.printf(
        "race     %d claims at once: %d of %d rounds with one winner%n", RACERS, single, rounds);
    close(racers);
  }

  private void queue() throws IOException {
    List<BenchConnection> waiters = connect(WAITERS);
    BenchConnection maker = connect();
    for (BenchConnection waiter : waiters) {
      waiter.send(claim("w", "tag:queue", true));
      waiter.send("{\"type\":\"Ping\",\"requestId\":\"there\"}");
      await(waiter, "there");
    }
    double[] millis = new double[WAITERS];
    int inOrder = 0;
    for (int i = 0; i < WAITERS; i++) {
      long begin = System.nanoTime();
      maker.send(create("q" + i, "queue"));
      String granted = await(waiters.get(i), "w");
      millis[i] = (System.nanoTime() - begin) / 1e6;
      String number = await(maker, "q" + i).replaceAll(".*\"number\":([0-9]+).*", "$1");
      inOrder += granted.contains("\"number\":" + number + ",") ? 1 : 0;
    }
    Arrays.sort(millis);
    out.printf(
        "queue    %d waiting claims, tickets one by one: %d granted in order, create to claimed"
            + " p50 %.1f ms, max %.1f ms%n",
        WAITERS, inOrder, millis[WAITERS / 2], millis[WAITERS - 1]);
    close(waiters);
    maker.close();
  }

  private void idle(int seconds) throws IOException {
    List<BenchConnection> waiters = connect(WAITERS);
    for (BenchConnection waiter : waiters) {
      waiter.send(claim("w", "tag:nothing", true));
      waiter.send("{\"type\":\"Ping\",\"requestId\":\"there\"}");
      await(waiter, "there");
    }
    texts = 0;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      read(100, this::note);
    }
    out.printf(
        "idle     %d waiting claims for %d s: %d messages but pings%n", WAITERS, seconds, texts);
    close(waiters);
  }

  private void load(int seconds) throws IOException {
    List<BenchConnection> writers = connect(WRITERS);
    for (int i = 0; i < WRITERS; i++) {
      writers.get(i).send(create("t" + i, "load" + i));
      String number = await(writers.get(i), "t" + i).replaceAll(".*\"number\":([0-9]+).*", "$1");
      last.put(writers.get(i), number);
    }
    Map<BenchConnection, String> numbers = new IdentityHashMap<>(last);
    numbers.keySet().retainAll(writers);
    for (BenchConnection writer : writers) {
      writer.send(comment(numbers.get(writer)));
    }
    changes(seconds, numbers);
    double without = changes(seconds, numbers);
    List<BenchConnection> others = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      BenchConnection waiter = connect();
      waiter.send(claim("w", "tag:claim" + i % QUERIES, true));
      BenchConnection watcher = connect();
      watcher.send(
          "{\"type\":\"GetTickets\",\"requestId\":\"g\",\"watch\":true,\"query\":\"tag:watch"
              + i % QUERIES
              + "\"}");
      others.add(waiter);
      others.add(watcher);
      read(1, (from, payload) -> answered(from, numbers));
    }
    changes(seconds, numbers);
    double with = changes(seconds, numbers);
    close(others);
    changes(seconds, numbers);
    double after = changes(seconds, numbers);
    out.printf(
        "load     %,.0f changes/s before, %,.0f with %d waiting claims and %d watches of %d queries"
            + " each, %,.0f after: ratio %.2f%n",
        without, with, MANY, MANY, QUERIES, after, 2 * with / (without + after));
    close(writers);
  }

  private static String comment(String number) {
    return "{\"type\":\"CommentTicket\",\"requestId\":\"r\",\"ticket\":"
        + number
        + ",\"text\":\"bench\"}";
  }

  /** Answered changes a second. */
  private double changes(int seconds, Map<BenchConnection, String> numbers) throws IOException {
    long[] answered = new long[1];
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end) {
      read(100, (from, payload) -> answered[0] += answered(from, numbers));
    }
    return answered[0] * 1e9 / (System.nanoTime() - begin);
  }

  private static int answered(BenchConnection from, Map<BenchConnection, String> numbers)
      throws IOException {
    String number = numbers.get(from);
    if (number == null) {
      return 0;
    }
    from.send(comment(number));
    return 1;
  }
}

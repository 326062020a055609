package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.fault.Violations;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.server.soak.gauge.ServerGauge;
import org.lesbillets.server.soak.gauge.Trend;

/**
 * Writers, holders of locks, watches that stay, watches that resume, reads, connections that come
 * and go, and clients that stop to read, at a bounded rate for minutes; what the server uses must
 * stay flat, and at the end everything is compared.
 */
final class MixedRun implements FaultRun {
  private static final int WRITERS = 4;
  private static final int HOLDERS = 3;
  private static final int TICKETS = 200;
  private static final int WRITER_PAUSE_MILLIS = 100;
  private static final int HOLDER_PAUSE_MILLIS = 300;
  private static final long VISIT_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
  private static final int VISITS_A_STOPPED_READER = 100;
  private static final int MOST_STOPPED = 5;
  private static final String QUERY = "status:open Ne";
  private static final double MEBIBYTE = 1 << 20;

  private final Plan plan;
  private final Random random;
  private final Violations violations = new Violations();
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<SoakConnection> stopped = new CopyOnWriteArrayList<>();
  private final Map<Figure, Trend> trends = new LinkedHashMap<>();
  private final AtomicInteger visits = new AtomicInteger();

  /**
   * @param seconds it lasts
   * @param periodSeconds between readings
   */
  record Plan(int seconds, int periodSeconds, long seed) {}

  /** What has to stay flat: how much it may rise over a whole run, at least and of its mean. */
  private enum Figure {
    HEAP("heap", 8, 0.25),
    DIRECT("direct", 16, 0.25),
    THREADS("threads", 3, 0.1),
    DESCRIPTORS("descriptors", 8, 0.1),
    LOG("log", 48, 0.25);

    private final String word;
    private final double least;
    private final double share;

    Figure(String word, double least, double share) {
      this.word = word;
      this.least = least;
      this.share = share;
    }
  }

  MixedRun(Plan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed);
    for (Figure figure : Figure.values()) {
      trends.put(figure, new Trend());
    }
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    SoakServer server = new SoakServer(directory.resolve("data"), Map.of());
    ChangeLoad.agents(WRITERS).forEach(agent -> admit(server, agent));
    List.of("holder", "watcher", "visitor", "stopped").forEach(agent -> admit(server, agent));
    server.start();
    try (server;
        ChangeLoad load = new ChangeLoad(server);
        ServerGauge gauge = new ServerGauge(server.pid());
        ChainWatcher staying = new ChainWatcher(server, "watcher", null);
        ChainWatcher leaving = new ChainWatcher(server, "watcher", new Random(plan.seed + 1))) {
      ChangeLoad.createTickets(server, TICKETS);
      start(load);
      load.start(() -> visit(server));
      long before = Files.size(server.data().resolve("journal.db"));
      read(server, gauge, load);
      over.set(true);
      load.join();
      LockSoak.letLeasesRunOut(server, "watcher");
      violations.addAll(load.check());
      for (ChainWatcher watcher : List.of(staying, leaving)) {
        watcher.closeAt(revision(server));
        violations.addAll(watcher.compared());
      }
      long grown = Files.size(server.data().resolve("journal.db")) - before;
      return report(load, grown);
    } finally {
      over.set(true);
      for (SoakConnection reader : stopped) {
        reader.close();
      }
    }
  }

  private static void admit(SoakServer server, String agent) {
    try {
      server.admit(agent);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void start(ChangeLoad load) {
    for (String agent : ChangeLoad.agents(WRITERS)) {
      load.start(
          new ChangeWriter.Who(agent, random.nextLong(), TICKETS, WRITER_PAUSE_MILLIS, false),
          done -> !over.get());
    }
    for (int i = 0; i < HOLDERS; i++) {
      load.start(
          new SoakAgent.Who("holder", "h" + i, random.nextLong(), HOLDER_PAUSE_MILLIS),
          done -> !over.get());
    }
  }

  /**
   * Connects, reads, and leaves, again and again; every so often it leaves one that never reads.
   */
  private void visit(SoakServer server) {
    Random own = new Random(plan.seed + 2);
    while (!over.get()) {
      try (SoakConnection visitor = server.connect("visitor")) {
        visitor.send(
            own.nextBoolean()
                ? ClientMessage.GetTickets.watching("r", TicketQuery.parse(QUERY), null)
                : new ClientMessage.GetTicket("r", TicketRef.of(1 + own.nextInt(TICKETS)), true));
        visitor.answer("r");
        if (visits.getAndIncrement() % VISITS_A_STOPPED_READER == 0) {
          stopped.add(server.watchWithoutReading("stopped"));
        }
        if (stopped.size() > MOST_STOPPED) {
          stopped.remove(0).close();
        }
      } catch (IOException | QuerySyntaxException e) {
        throw new IllegalStateException("a visitor failed", e);
      }
      LockSupport.parkNanos(VISIT_NANOS);
    }
  }

  /** Reads what the server uses until the time is over; the first fifth is a warm-up. */
  private void read(SoakServer server, ServerGauge gauge, ChangeLoad load) throws Exception {
    long began = System.nanoTime();
    for (int second = plan.periodSeconds; second <= plan.seconds; second += plan.periodSeconds) {
      long until = began + TimeUnit.SECONDS.toNanos(second);
      while (System.nanoTime() < until) {
        load.checkWriters();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      ServerGauge.Reading reading = gauge.read();
      if (second > plan.seconds / 5) {
        trends.get(Figure.HEAP).add(second, reading.heapBytes() / MEBIBYTE);
        trends.get(Figure.DIRECT).add(second, reading.directBytes() / MEBIBYTE);
        trends.get(Figure.THREADS).add(second, reading.threads());
        trends.get(Figure.DESCRIPTORS).add(second, reading.descriptors());
        trends.get(Figure.LOG).add(second, logBytes(server.data()) / MEBIBYTE);
      }
    }
  }

  /** Of all files but the journal itself, which keeps every event. */
  private static long logBytes(Path data) throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      return files
          .filter(file -> !file.endsWith("journal.db"))
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  private static long revision(SoakServer server) throws IOException {
    try (SoakConnection connection = server.connect("watcher")) {
      return ((ServerMessage.Welcome) connection.next()).revision();
    }
  }

  private FaultReport report(ChangeLoad load, long grown) {
    FaultReport report = new FaultReport(violations);
    report.add("load", "%,d changes, %,d visits", load.acknowledged(), visits.get());
    trends.forEach(
        (figure, trend) -> {
          double allowed = Math.max(figure.least, figure.share * trend.mean());
          report.add(
              figure.word, "mean %.1f, rises by %+.1f over the run", trend.mean(), trend.rise());
          if (trend.rise() > allowed) {
            violations.add("%s is not flat: it may rise by %.1f", figure.word, allowed);
          }
        });
    report.add("journal", "%,d bytes for each change", grown / Math.max(1, load.acknowledged()));
    return report;
  }
}

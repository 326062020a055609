package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.fault.Violations;

/**
 * Ends the server again and again under the load of eight writers, by SIGKILL or by SIGTERM, one
 * kill in eight while it still starts; then compares the journal with the writers' operations.
 */
final class CrashRun implements FaultRun {
  private static final int WRITERS = 8;
  private static final int CHANGED_TICKETS = 200;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long LIFE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int START_KILLED_ONE_IN = 8;
  private static final int END_SECONDS = 5;

  private final Plan plan;
  private final Random random;
  private final Violations violations = new Violations();
  private final List<Long> readyMillis = new ArrayList<>();
  private final List<Long> endMillis = new ArrayList<>();
  private int killedStarts;

  /**
   * @param ends how often the server is ended
   * @param tickets how many there are from the beginning
   * @param mostChanges the server lives for at most so many acknowledged changes; 1 or more
   * @param kills SIGKILL; else SIGTERM
   */
  record Plan(int ends, int tickets, int mostChanges, long seed, boolean kills) {}

  CrashRun(Plan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed);
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    SoakServer server = new SoakServer(directory.resolve("data"), Map.of());
    for (String agent : ChangeLoad.agents(WRITERS)) {
      server.admit(agent);
    }
    server.start();
    AtomicBoolean over = new AtomicBoolean();
    try (server;
        ChangeLoad load = new ChangeLoad(server)) {
      ChangeLoad.createTickets(server, Math.max(plan.tickets, CHANGED_TICKETS));
      for (String agent : ChangeLoad.agents(WRITERS)) {
        load.start(
            new ChangeWriter.Who(agent, random.nextLong(), CHANGED_TICKETS), done -> !over.get());
      }
      for (int i = 0; i < plan.ends; i++) {
        live(load);
        end(server);
        restart(server);
      }
      over.set(true);
      load.join();
      violations.addAll(load.check());
      return report(load);
    } finally {
      over.set(true);
    }
  }

  /** Waits for some acknowledged changes. */
  private void live(ChangeLoad load) throws InterruptedException {
    int enough = load.acknowledged() + 1 + random.nextInt(plan.mostChanges);
    long deadline = System.nanoTime() + LIFE_NANOS;
    while (load.acknowledged() < enough) {
      load.checkWriters();
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no change is acknowledged any more");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private void end(SoakServer server) throws IOException, InterruptedException {
    if (plan.kills) {
      server.kill();
      return;
    }
    long began = System.nanoTime();
    int exit = server.terminate(END_SECONDS);
    endMillis.add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    if (exit != 0) {
      violations.add(
          exit < 0
              ? "still running " + END_SECONDS + " s after SIGTERM"
              : "ended with " + exit + " after SIGTERM");
      server.kill();
    }
  }

  private void restart(SoakServer server) throws IOException, InterruptedException {
    long median = readyMillis.isEmpty() ? 1_000 : readyMillis.get(readyMillis.size() / 2);
    while (plan.kills && random.nextInt(START_KILLED_ONE_IN) == 0) {
      server.begin();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(median)));
      server.kill();
      killedStarts++;
    }
    server.start();
    readyMillis.add(TimeUnit.NANOSECONDS.toMillis(server.readyNanos()));
  }

  private FaultReport report(ChangeLoad load) {
    FaultReport report = new FaultReport(violations);
    String how = plan.kills ? "SIGKILL" : "SIGTERM";
    report.add("ended", "%,d times by %s, %,d starts killed", plan.ends, how, killedStarts);
    report.add(
        "changes",
        "%,d acknowledged, %,d requests sent again",
        load.acknowledged(),
        load.writers().stream().mapToInt(ChangeWriter::retried).sum());
    report.add("ready", "%s, with %,d tickets", spread(readyMillis), plan.tickets);
    if (!endMillis.isEmpty()) {
      report.add("exit", "0 after %s", spread(endMillis));
    }
    return report;
  }

  private static String spread(List<Long> millis) {
    List<Long> sorted = new ArrayList<>(millis);
    Collections.sort(sorted);
    return "median %,d ms, longest %,d ms"
        .formatted(sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
  }
}

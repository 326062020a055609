package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.fault.Violations;
import org.lesbillets.server.soak.gauge.ServerGauge;
import org.lesbillets.server.soak.gauge.TcpConnections;

/**
 * The same load of four writers three times on one server: alone, with watching clients that do not
 * read, and alone again; compares heap and latency. Then one client that is silent without load.
 * Linux, for the table of connections.
 */
final class StallRun implements FaultRun {
  private static final int WRITERS = 4;
  private static final int WATCHERS = 2;
  private static final int TICKETS = 100;
  private static final int READERS_AN_AGENT = 10;

  /** The load is run in parts, and the heap is measured between them. */
  private static final int PARTS = 2;

  private static final List<String> PHASES = List.of("warm-up", "without", "with", "afterwards");
  private static final long MEBIBYTE = 1 << 20;
  private static final long MOST_HEAP = 50 * MEBIBYTE;
  private static final double MOST_RATIO = 2;

  /**
   * Of fewer the events, of some 800 bytes, fit into the buffers of a connection of this machine.
   */
  private static final int FILLING_CHANGES = 8_000;

  private static final long CUT_SECONDS = 15;
  private static final long NOTICED_SECONDS = 25;

  /**
   * For silence, pauses of the server included: a small load has those of a server just started.
   */
  private static final long SILENT_SECONDS = 30;

  /** The server looks at each session four times a second. */
  private static final long TICK_MILLIS = 500;

  private static final long PATIENCE_SECONDS = 60;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final Plan plan;
  private final Random random;
  private final Violations violations = new Violations();
  private final Map<String, Phase> phases = new HashMap<>();
  private final List<SoakConnection> readers = new ArrayList<>();
  private final List<Long> cutMillis = new ArrayList<>();
  private long halfOpenMillis;
  private int next;

  /**
   * @param readers that stop
   * @param changes in each phase
   * @param judged whether it warms up, waits until the readers are cut, and judges times
   */
  record Plan(int readers, int changes, long seed, boolean judged) {
    /** Whether writes to the readers have to wait for them. */
    private boolean fills() {
      return changes >= FILLING_CHANGES;
    }

    /** Within which the server cuts readers that take nothing, or are silent. */
    private long cutMillis() {
      return TimeUnit.SECONDS.toMillis(fills() ? CUT_SECONDS : SILENT_SECONDS);
    }
  }

  private record Phase(long heapBytes, long directBytes, long p99Micros, long p50Micros) {}

  StallRun(Plan plan) {
    this.plan = plan;
    this.random = new Random(plan.seed);
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    SoakServer server = new SoakServer(directory.resolve("data"), Map.of());
    for (String agent : ChangeLoad.agents(WRITERS * PARTS * PHASES.size())) {
      server.admit(agent);
    }
    for (int i = 0; i <= plan.readers / READERS_AN_AGENT; i++) {
      server.admit("reader" + i);
    }
    server.admit("watcher");
    server.start();
    try (server;
        ChangeLoad load = new ChangeLoad(server);
        ServerGauge gauge = new ServerGauge(server.pid())) {
      ChangeLoad.createTickets(server, TICKETS);
      List<ChainWatcher> watchers = new ArrayList<>();
      for (int i = 0; i < WATCHERS; i++) {
        watchers.add(new ChainWatcher(server, "watcher", null));
      }
      for (String phase : plan.judged ? PHASES : PHASES.subList(1, PHASES.size())) {
        play(phase, server, load, gauge);
      }
      if (plan.judged) {
        halfOpen(server);
      }
      violations.addAll(load.check());
      check(watchers, load);
      return report();
    } finally {
      closeReaders();
    }
  }

  private void play(String phase, SoakServer server, ChangeLoad load, ServerGauge gauge)
      throws Exception {
    if (phase.equals("with")) {
      for (int i = 0; i < plan.readers; i++) {
        readers.add(server.watchWithoutReading("reader" + i / READERS_AN_AGENT));
      }
    }
    long began = System.nanoTime();
    ServerGauge.Reading most = new ServerGauge.Reading(0, 0, 0, 0);
    List<Long> nanos = new ArrayList<>();
    for (int part = 0; part < PARTS; part++) {
      int each = plan.changes / PARTS / WRITERS;
      List<ChangeWriter> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        ChangeWriter.Who who = new ChangeWriter.Who("writer" + next++, random.nextLong(), TICKETS);
        writers.add(load.start(who, done -> done < each));
      }
      load.join();
      writers.forEach(writer -> nanos.addAll(writer.nanos()));
      ServerGauge.Reading reading = gauge.read();
      most = reading.heapBytes() > most.heapBytes() ? reading : most;
    }
    nanos.sort(null);
    phases.put(
        phase,
        new Phase(
            most.heapBytes(),
            most.directBytes(),
            nanos.get(nanos.size() * 99 / 100) / 1_000,
            nanos.get(nanos.size() / 2) / 1_000));
    if (phase.equals("with") && plan.judged) {
      awaitCuts(server, began);
    }
  }

  /** Waits until the server has cut all readers, whose sockets the kernel then forgets. */
  private void awaitCuts(SoakServer server, long began) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    List<SoakConnection> left = new ArrayList<>(readers);
    while (!left.isEmpty() && System.nanoTime() < deadline) {
      Set<Integer> open = TcpConnections.to(server.port());
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
      if (left.removeIf(reader -> !open.contains(reader.localPort()))) {
        cutMillis.add(millis);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    long longest = cutMillis.isEmpty() ? 0 : cutMillis.get(cutMillis.size() - 1);
    if (!left.isEmpty()) {
      violations.add("%d readers were not cut within %d s", left.size(), PATIENCE_SECONDS);
    } else if (longest > plan.cutMillis()) {
      violations.add("the last reader was cut after %d ms", longest);
    }
  }

  /** A client that is silent, without a byte for it but pings, which the kernel takes. */
  private void halfOpen(SoakServer server) throws IOException {
    SoakConnection silent = server.watchWithoutReading("reader0");
    readers.add(silent);
    long began = System.nanoTime();
    long deadline = began + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (TcpConnections.to(server.port()).contains(silent.localPort())
        && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    halfOpenMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    if (halfOpenMillis > TimeUnit.SECONDS.toMillis(NOTICED_SECONDS) + TICK_MILLIS) {
      violations.add("a silent peer was cut after %d ms", halfOpenMillis);
    }
  }

  private void check(List<ChainWatcher> watchers, ChangeLoad load) throws IOException {
    long last =
        load.writers().stream()
            .flatMap(writer -> writer.performed().stream())
            .mapToLong(LockOperation::revision)
            .max()
            .orElse(0);
    for (ChainWatcher watcher : watchers) {
      watcher.closeAt(last);
      violations.addAll(watcher.compared());
      // The end itself is one.
      if (watcher.losses() > 1) {
        violations.add("a client that reads was cut");
      }
    }
  }

  private FaultReport report() {
    Phase with = phases.get("with");
    Phase before = phases.get("without");
    Phase after = phases.get("afterwards");
    long heap = with.heapBytes - Math.max(before.heapBytes, after.heapBytes);
    double ratio = 2.0 * with.p99Micros / (before.p99Micros + after.p99Micros);
    if (plan.judged && plan.fills() && ratio > MOST_RATIO) {
      violations.add("the others' p99 rose %.2f times", ratio);
    }
    if (heap > MOST_HEAP) {
      violations.add("the heap rose by %,d bytes", heap);
    }
    FaultReport report = new FaultReport(violations);
    report.add("load", "%,d changes, %,d stopped readers", plan.changes, plan.readers);
    for (String phase : PHASES.subList(1, PHASES.size())) {
      Phase one = phases.get(phase);
      report.add(
          phase,
          "heap %.1f MiB, direct %.1f MiB, p50 %.2f ms, p99 %.2f ms",
          one.heapBytes / (double) MEBIBYTE,
          one.directBytes / (double) MEBIBYTE,
          one.p50Micros / 1e3,
          one.p99Micros / 1e3);
    }
    report.add("heap", "%+.1f MiB with the readers", heap / (double) MEBIBYTE);
    report.add("p99", "%.2f times that without them", ratio);
    if (plan.judged && !plan.fills()) {
      report.add(
          "note",
          "fewer than %,d changes leave the readers' sockets with room: they are cut for silence,"
              + " and the p99 is not judged",
          FILLING_CHANGES);
    }
    if (!cutMillis.isEmpty()) {
      report.add(
          "cut",
          "from %,d to %,d ms after the load began",
          cutMillis.get(0),
          cutMillis.get(cutMillis.size() - 1));
      report.add("half-open", "noticed after %,d ms", halfOpenMillis);
    }
    return report;
  }

  private void closeReaders() {
    for (SoakConnection reader : readers) {
      try {
        reader.close();
      } catch (IOException e) {
        // The server has cut it.
      }
    }
  }
}

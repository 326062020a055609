package org.lesbillets.server.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lesbillets.fault.FaultReport;
import org.lesbillets.fault.FaultRun;
import org.lesbillets.fault.Violations;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.server.soak.flood.Attack;
import org.lesbillets.server.soak.flood.IdleSwarm;

/**
 * Floods a server with malformed inputs, wrong tokens or idle connections, and compares the
 * latencies of valid clients with those of the same clients before, in the same run. Ratios are
 * printed and not judged: they depend on what else the machine does.
 */
final class FloodRun implements FaultRun {
  private static final long MAX_LOG_BYTES = 1_000_000;
  private static final long WARM_UP_SECONDS = 5;
  private static final long MAX_HEAP_BYTES = 64 * 1024;

  /** Sessions left free: those that connect anew overlap with their predecessors. */
  private static final int FOR_VALID_CLIENTS = 30;

  /** Sessions of one token, below its bound. */
  private static final int PER_TOKEN = 900;

  private static final String AWAITED = "Everybody sees this";

  private final Plan plan;
  private final Violations violations = new Violations();
  private final FaultReport report = new FaultReport(violations);

  /** What the flood consists of. */
  enum Kind {
    INPUTS,
    TOKENS,
    IDLE
  }

  /**
   * How much of it.
   *
   * @param count inputs, tokens or connections
   * @param rate inputs or tokens a second
   */
  record Plan(Kind kind, int count, int rate, long seed) {
    long baselineSeconds() {
      return Math.max(1, Math.min(20, count / rate));
    }
  }

  FloodRun(Plan plan) {
    this.plan = plan;
  }

  @Override
  public FaultReport run(Path directory) throws Exception {
    try (SoakServer server = new SoakServer(directory.resolve("data"), Map.of())) {
      for (String agent : FloodClients.agents()) {
        server.admit(agent);
      }
      for (int i = 0; i <= plan.count() / PER_TOKEN; i++) {
        server.admit(hostile(i));
      }
      server.start();
      if (plan.kind() == Kind.IDLE) {
        idle(server);
      } else {
        attack(server);
      }
      long log = Files.size(server.log());
      report.add("log", "%,d bytes (bound %,d)", log, MAX_LOG_BYTES);
      if (log >= MAX_LOG_BYTES) {
        violations.add("the log has " + log + " bytes");
      }
    }
    return report;
  }

  private static String hostile(int number) {
    return "hostile" + number;
  }

  private void attack(SoakServer server) throws Exception {
    try (FloodClients clients = new FloodClients(server)) {
      clients.during(() -> flood(server, plan.count() / 10));
      clients.alone(Math.min(WARM_UP_SECONDS, plan.baselineSeconds()));
      FloodClients.Phase calm = clients.alone(plan.baselineSeconds());
      FloodClients.Phase loaded = clients.during(() -> judge(flood(server, plan.count())));
      report.add("changes", "baseline %s", calm.changes());
      report.add("", "flooded  %s", loaded.changes());
      report.add("connects", "baseline %s", calm.connects());
      report.add("", "flooded  %s", loaded.connects());
      report.add(
          "p99 ratio",
          "changes %.2f, connects %.2f (bound 2)",
          loaded.changes().percentile(99) / calm.changes().percentile(99),
          loaded.connects().percentile(99) / calm.connects().percentile(99));
    }
  }

  private Map<String, Integer> flood(SoakServer server, int count) throws InterruptedException {
    Attack attack = new Attack(server.port(), count, plan.rate());
    if (plan.kind() == Kind.INPUTS) {
      attack.malformedInputs(plan.seed(), server.token(hostile(0)));
    } else {
      attack.wrongTokens(plan.seed());
    }
    return attack.statuses();
  }

  private void judge(Map<String, Integer> statuses) {
    report.add("inputs", "%,d at %,d a second, answered %s", plan.count(), plan.rate(), statuses);
    for (String status : statuses.keySet()) {
      if (status.startsWith("5") && !status.equals("505")) {
        violations.add("the server failed: " + status);
      }
    }
    if (plan.kind() == Kind.TOKENS) {
      int cheap = statuses.getOrDefault("429", 0);
      report.add("cheap", "%.2f %% of the refusals (bound 99)", 100.0 * cheap / plan.count());
      if (plan.count() >= 100_000 && cheap < plan.count() * 0.99) {
        violations.add("only " + cheap + " of " + plan.count() + " were refused cheaply");
      }
      if (statuses.containsKey("101")) {
        violations.add("a wrong token was admitted");
      }
    }
  }

  private void idle(SoakServer server) throws Exception {
    try (FloodClients clients = new FloodClients(server);
        IdleSwarm swarm = new IdleSwarm(server.port())) {
      int count = Math.max(1, plan.count() - FOR_VALID_CLIENTS);
      long before = liveBytes(server);
      clients.during(() -> swarm.open(count, i -> server.token(hostile(i / PER_TOKEN))));
      long each = (liveBytes(server) - before) / count;
      report.add(
          "heap", "%,d bytes for each of %,d sessions (bound %,d)", each, count, MAX_HEAP_BYTES);
      if (each > MAX_HEAP_BYTES) {
        violations.add("a session takes " + each + " bytes");
      }
      spread(clients, swarm, count);
      if (swarm.lost() > 0) {
        violations.add(swarm.lost() + " idle sessions were cut");
      }
    }
  }

  private void spread(FloodClients clients, IdleSwarm swarm, int count) throws IOException {
    swarm.await(AWAITED);
    long begun = System.nanoTime();
    clients.comment(AWAITED);
    while (swarm.seen() < count && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(20)) {
      swarm.serve(10);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    report.add(
        "one change", "reached %,d of %,d in %.2f s (bound 1)", swarm.seen(), count, seconds);
    if (swarm.seen() < count) {
      violations.add("only " + swarm.seen() + " sessions saw the change");
    }
  }

  /** Bytes of live objects, after a full collection. */
  private static long liveBytes(SoakServer server) throws IOException {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    ProcessBuilder builder =
        new ProcessBuilder(jcmd, Long.toString(server.pid()), "GC.class_histogram");
    builder.redirectErrorStream(true);
    String histogram = new String(ChildProcesses.start(builder).getInputStream().readAllBytes());
    String total =
        histogram.lines().filter(line -> line.startsWith("Total")).findFirst().orElseThrow();
    return Long.parseLong(total.strip().split("\\s+")[2]);
  }
}

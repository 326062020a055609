package org.lesbillets.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long whole processes take: a program that does nothing, {@code billets --version} and {@code
 * billets list} of 100 tickets, without and with a config.toml, on every Java that is named, a
 * Node.js script that lists the same, and a server until it is ready. None of the clients inherits
 * a variable of this process but PATH and NODE_PATH. All clients take turns, so that a machine
 * whose speed drifts does so for all of them, and a ratio is that of two programs of the same
 * rounds.
 */
public final class StartupBench {
  private static final int WARM_UP_ROUNDS = 3;
  private static final int SERVER_RUNS = 7;
  private static final int TICKETS = 100;
  private static final double CONFIGURED_GOAL = 1.1;

  private final StartupOptions options;
  private final PrintStream out;

  private StartupBench(StartupOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Arguments: the server's launcher, the client's launcher, then {@link StartupOptions}. */
  public static void main(String[] arguments) throws Exception {
    StartupOptions options;
    try {
      options = StartupOptions.of(arguments);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    new StartupBench(options, System.out).run();
  }

  private void run() throws Exception {
    servers();
    try (BenchServer server = new BenchServer(options.server(), List.of());
        Scratch scratch = new Scratch()) {
      new TicketFiller(server).fill(TICKETS);
      clients(server, scratch);
    }
  }

  private void servers() throws IOException {
    PerRound timings = new PerRound();
    for (int run = -1; run < SERVER_RUNS; run++) {
      long begin = System.nanoTime();
      try (BenchServer server = new BenchServer(options.server(), List.of())) {
        if (run >= 0) {
          timings.add((System.nanoTime() - begin) / 1e6);
        }
        server.port();
      }
    }
    out.printf("%-44s %6.0f ms%n", "server until ready", timings.median());
  }

  private void clients(BenchServer server, Scratch scratch) throws Exception {
    CleanEnvironment environment = CleanEnvironment.of(server, scratch);
    Program node = Program.node(scratch, environment.usual());
    List<JavaPrograms> javas = new ArrayList<>();
    for (Path home : options.javas()) {
      javas.add(JavaPrograms.of(home, options.client(), environment));
    }
    for (JavaPrograms java : javas) {
      java.makeArchive();
    }
    boolean compared = node.runs();
    for (int round = -WARM_UP_ROUNDS; round < options.rounds(); round++) {
      for (JavaPrograms java : javas) {
        java.takeTurn(round >= 0);
      }
      if (compared) {
        node.takeTurn(round >= 0);
      }
    }
    print(javas, compared ? node.timings() : null);
  }

  /**
   * @param node null without Node.js
   */
  private void print(List<JavaPrograms> javas, PerRound node) {
    if (node == null) {
      out.println(
          "no Node.js script to compare with: install node; scripts/bench peers gets its package"
              + " ws");
    } else {
      line("Node.js with ws, list of " + TICKETS, node, "");
    }
    for (JavaPrograms java : javas) {
      PerRound nothing = java.nothing().timings();
      line(java.name() + ", a program that does nothing", nothing, "");
      PerRound version = java.version().timings();
      line(
          java.name() + ", billets --version",
          version,
          verdict(version.ratioTo(nothing), "nothing", 2));
      PerRound list = java.list().timings();
      line(
          java.name() + ", billets list",
          list,
          node == null ? "" : verdict(list.ratioTo(node), "Node.js", java.listGoal()));
      PerRound configured = java.configuredList().timings();
      line(
          java.name() + ", billets list with a config.toml",
          configured,
          verdict(configured.ratioTo(list), "without", CONFIGURED_GOAL));
    }
  }

  private void line(String name, PerRound timings, String verdict) {
    out.printf("%-44s %6.1f ms  %s%n", name, timings.median(), verdict);
  }

  private static String verdict(double ratio, String to, double goal) {
    return String.format(
        "%.2f times %s (goal: at most %.2f%s)", ratio, to, goal, ratio <= goal ? "" : ", MISSED");
  }
}

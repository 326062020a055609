package org.lesbillets.server.soak;

import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Iterator;

/** {@code scripts/soak locks}: the big run. Exit codes: 0 all is well, 1 a violation, 2 usage. */
final class LockSoakMain {
  private static final long LEASE_MILLIS = 1_000;
  private static final int OPERATIONS_A_KILL = 10_000;
  private static final String USAGE =
      "usage: scripts/soak locks [--operations N] [--seed N] [--faketime]";

  private LockSoakMain() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(run(arguments, System.out, System.err));
  }

  private static int run(String[] arguments, PrintStream out, PrintStream err) throws Exception {
    LockSoak.Plan plan;
    try {
      plan = plan(Arrays.asList(arguments).iterator());
    } catch (IllegalArgumentException e) {
      err.println("soak: " + e.getMessage());
      err.println(USAGE);
      return 2;
    }
    if (plan.wrongClock() && !Files.exists(WrongClock.library())) {
      err.println("soak: there is no " + WrongClock.library() + ": install faketime.");
      return 2;
    }
    out.println("seed         " + plan.seed());
    long began = System.nanoTime();
    LockSoak.Report report = new LockSoak(plan, LockSoak.throwAway()).run();
    out.println(report);
    boolean leases = report.earliestMillis() < LEASE_MILLIS && report.latestMillis() < LEASE_MILLIS;
    boolean well = report.violations().count() == 0 && leases;
    out.printf("time         %d s%n", (System.nanoTime() - began) / 1_000_000_000);
    out.println("verdict      " + (well ? "the model allows this history" : "VIOLATED"));
    return well ? 0 : 1;
  }

  private static LockSoak.Plan plan(Iterator<String> words) {
    int operations = 100_000;
    long seed = System.nanoTime() & 0xFFFFFF;
    boolean wrongClock = false;
    while (words.hasNext()) {
      String word = words.next();
      switch (word) {
        case "--operations" -> operations = (int) number(word, words);
        case "--seed" -> seed = number(word, words);
        case "--faketime" -> wrongClock = true;
        default -> throw new IllegalArgumentException("what is " + word + "?");
      }
    }
    return new LockSoak.Plan(
        operations, seed, Math.max(1, operations / OPERATIONS_A_KILL), wrongClock);
  }

  private static long number(String option, Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(option + " needs a number");
    }
    try {
      return Long.parseLong(words.next());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(option + " needs a number", e);
    }
  }
}

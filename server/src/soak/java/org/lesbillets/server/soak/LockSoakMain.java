package org.lesbillets.server.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.stream.Stream;

/** {@code scripts/soak locks}: the big run. Exit codes: 0 all is well, 1 a violation, 2 usage. */
final class LockSoakMain {
  private static final long LEASE_MILLIS = 1_000;
  private static final int OPERATIONS_A_KILL = 10_000;
  private static final int SLOW_OPERATIONS_A_KILL = 1_000;
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
    Path directory = Files.createTempDirectory("billets-soak");
    boolean well = false;
    try {
      well = run(plan, directory, out);
    } finally {
      if (well) {
        remove(directory);
      } else {
        out.println("kept         " + directory + ": the server's data and log");
      }
    }
    return well ? 0 : 1;
  }

  private static boolean run(LockSoak.Plan plan, Path directory, PrintStream out) throws Exception {
    long began = System.nanoTime();
    LockSoak.Report report = new LockSoak(plan, directory).run();
    out.println(report);
    out.printf("time         %d s%n", (System.nanoTime() - began) / 1_000_000_000);
    String wrong = wrong(plan, report);
    out.println("verdict      " + (wrong == null ? "the model allows this history" : wrong));
    return wrong == null;
  }

  /** What is wrong with it, or null. */
  private static String wrong(LockSoak.Plan plan, LockSoak.Report report) {
    LeaseTimes.Findings leases = report.leases();
    if (report.violations().count() > 0) {
      return "VIOLATED";
    }
    if (leases.earliestMillis() >= LEASE_MILLIS || leases.latestMillis() >= LEASE_MILLIS) {
      return "VIOLATED: a lease ended a second early or late";
    }
    if (leases.cutShort() > 0) {
      return "VIOLATED: a lease did not get its whole time again after a restart";
    }
    boolean jumped = 2 * report.clockJumpsSeen() > report.clockJumps() && leases.overJumps() > 0;
    return plan.wrongClock() && !jumped
        ? "WORTHLESS: the server's wall clock did not jump as it was told to"
        : null;
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
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
    int life = wrongClock ? SLOW_OPERATIONS_A_KILL : OPERATIONS_A_KILL;
    return new LockSoak.Plan(operations, seed, Math.max(1, operations / life), wrongClock);
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

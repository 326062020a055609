package org.lesbillets.server.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs one fault scenario for a command in scripts/. Exit codes: 0 all is well, 1 a violation, 2
 * usage. Prints the seed first; keeps the server's data and log after a violation.
 */
final class FaultMain {
  private static final int CHANGES_A_LIFE = 500;

  private FaultMain() {}

  public static void main(String[] arguments) throws Exception {
    System.exit(run(arguments, System.out, System.err));
  }

  private static int run(String[] arguments, PrintStream out, PrintStream err) throws Exception {
    long seed = System.nanoTime() & 0xFFFFFF;
    List<String> words = Arrays.asList(arguments);
    FaultRun scenario;
    try {
      Options options = new Options(words.subList(1, words.size()).iterator(), seed);
      scenario = scenario(words.get(0), options);
      options.checkKnown();
      seed = options.number("--seed", seed);
    } catch (IllegalArgumentException e) {
      err.println(words.get(0) + ": " + e.getMessage());
      return 2;
    }
    out.println("seed         " + seed);
    Path directory = Files.createTempDirectory("billets-faults");
    boolean well = false;
    try {
      long began = System.nanoTime();
      FaultReport report = scenario.run(directory);
      out.println(report);
      out.printf("time         %d s%n", (System.nanoTime() - began) / 1_000_000_000);
      out.println("load         " + load());
      well = report.violations().count() == 0;
      out.println("verdict      " + (well ? "all as it should be" : "VIOLATED"));
    } finally {
      if (well) {
        remove(directory);
      } else {
        out.println("kept         " + directory + ": the server's data and log");
      }
    }
    return well ? 0 : 1;
  }

  private static FaultRun scenario(String name, Options options) {
    long seed = options.number("--seed", options.seed);
    return switch (name) {
      case "crash" ->
          new CrashRun(
              new CrashRun.Plan(
                  (int) options.number("--kills", 20),
                  (int) options.number("--tickets", 1_000),
                  CHANGES_A_LIFE,
                  seed,
                  true));
      case "terms" ->
          new CrashRun(
              new CrashRun.Plan(
                  (int) options.number("--terms", 100),
                  (int) options.number("--tickets", 1_000),
                  CHANGES_A_LIFE,
                  seed,
                  false));
      case "answers" -> new LostAnswersRun((int) options.number("--answers", 10_000), seed);
      case "power" ->
          new PowerRun(
              new PowerRun.Plan(
                  (int) options.number("--images", 100),
                  (int) options.number("--servers", options.number("--images", 100) / 50),
                  (int) options.number("--changes", 1_000),
                  seed));
      case "bits" ->
          new BitRun(
              BitRun.Plan.everywhere(
                  (int) options.number("--flips", 1_000),
                  (int) options.number("--events", 600),
                  seed));
      default -> throw new IllegalArgumentException("there is no scenario '" + name + "'");
    };
  }

  /** Averages over 1, 5 and 15 minutes. */
  private static String load() throws IOException {
    Path averages = Path.of("/proc/loadavg");
    return Files.exists(averages)
        ? Files.readString(averages).replaceAll("^(\\S+ \\S+ \\S+).*\\s*$", "$1")
        : "unknown";
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Options with a number each. */
  private static final class Options {
    private final long seed;
    private final Map<String, Long> given = new LinkedHashMap<>();
    private final Map<String, Long> known = new LinkedHashMap<>();

    Options(Iterator<String> words, long seed) {
      this.seed = seed;
      while (words.hasNext()) {
        String option = words.next();
        try {
          given.put(option, Long.parseLong(words.hasNext() ? words.next() : ""));
        } catch (NumberFormatException e) {
          throw new IllegalArgumentException(option + " needs a number", e);
        }
      }
    }

    long number(String option, long otherwise) {
      long number = given.getOrDefault(option, otherwise);
      if (number < 0) {
        throw new IllegalArgumentException(option + " needs a number of 0 or more");
      }
      known.put(option, number);
      return number;
    }

    void checkKnown() {
      for (String option : given.keySet()) {
        if (!known.containsKey(option)) {
          throw new IllegalArgumentException(
              "there is no option %s: there are %s".formatted(option, known.keySet()));
        }
      }
    }
  }
}

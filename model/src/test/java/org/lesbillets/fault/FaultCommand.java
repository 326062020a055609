package org.lesbillets.fault;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs one fault scenario for a command in scripts/. Exit codes: 0 all is well, 1 a violation, 2
 * usage. Prints the seed first and the load of the machine last; keeps the server's data and log
 * after a violation.
 */
public final class FaultCommand {
  private FaultCommand() {}

  /** Makes a scenario of its name and options; throws IllegalArgumentException for wrong usage. */
  public interface Scenarios {
    FaultRun named(String name, FaultOptions options);
  }

  /** The exit code. */
  public static int run(String[] arguments, Scenarios scenarios, PrintStream out) throws Exception {
    List<String> words = List.of(arguments);
    FaultOptions options;
    FaultRun scenario;
    try {
      options = new FaultOptions(words.subList(1, words.size()));
      scenario = scenarios.named(words.get(0), options);
      options.checkKnown();
    } catch (IllegalArgumentException e) {
      out.println(words.get(0) + ": " + e.getMessage());
      return 2;
    }
    out.println("seed         " + options.seed());
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

  /** Averages over 1, 5 and 15 minutes. */
  private static String load() throws IOException {
    Path averages = Path.of("/proc/loadavg");
    return Files.exists(averages)
        ? Files.readString(averages).replaceAll("^(\\S+ \\S+ \\S+).*\\s*$", "$1")
        : "unknown";
  }

  /** Removes a directory with all that is in it. */
  public static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}

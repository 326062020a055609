package org.lesbillets.bench;

import java.io.PrintStream;
import org.lesbillets.bench.report.Report;

/** What the main methods of measurements have in common. Stateless. */
final class BenchMain {
  private BenchMain() {}

  /** A measurement of a server from outside. */
  interface Measurement {
    Report run(BenchOptions options, PrintStream out) throws Exception;
  }

  /**
   * Ends the process with 2 after a sentence if the arguments are wrong, and with 1 if what was
   * received was.
   */
  static void run(String[] arguments, BenchOptions defaults, Measurement measurement)
      throws Exception {
    BenchOptions options;
    try {
      options = BenchOptions.of(arguments, defaults);
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    if (!measurement.run(options, System.out).sound()) {
      System.exit(1);
    }
  }
}

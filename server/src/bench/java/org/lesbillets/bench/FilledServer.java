package org.lesbillets.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Data directories with many tickets, and what a server's heap holds. Stateless. */
final class FilledServer {
  /** Characters of a ticket's title and description, a byte each. */
  static final int TEXT_BYTES = 340;

  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +[0-9]+ +([0-9]+)");

  private FilledServer() {}

  /** Creates a data directory with so many tickets. */
  static void fill(Path data, int tickets) throws IOException, InterruptedException {
    run(
        List.of(
            java("java"),
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            "org.lesbillets.server.bench.JournalFiller",
            data.toString(),
            Integer.toString(tickets)));
  }

  /** Bytes of the objects that are left on the heap of a Java process by a full collection. */
  static long heapBytes(ProcessorTime process) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    return totalBytes(run(List.of(java("jcmd"), pid, "GC.class_histogram")));
  }

  /**
   * @param histogram what {@code jcmd PID GC.class_histogram} prints
   */
  static long totalBytes(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    if (!total.find()) {
      throw new IllegalArgumentException("no histogram: " + histogram);
    }
    return Long.parseLong(total.group(1));
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(command.get(0) + " failed: " + said);
    }
    return said;
  }
}

package org.lesbillets.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a process takes of the processors and of memory, from {@code /proc}. Any thread.
 *
 * @param pid of a process that runs
 */
record ProcessorTime(long pid) {
  /** USER_HZ, which is 100 wherever Linux runs. */
  private static final double TICKS = 100;

  static ProcessorTime own() {
    return new ProcessorTime(ProcessHandle.current().pid());
  }

  /** Processor seconds of all its threads since its start, in steps of 10 ms. */
  double seconds() throws IOException {
    String stat = Files.readString(folder().resolve("stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
  }

  /**
   * Processor seconds of its present threads since their start, by their names without numbers, so
   * that the threads of a pool are one.
   */
  Map<String, Double> byThread() throws IOException {
    Map<String, Double> seconds = new TreeMap<>();
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(folder().resolve("task"))) {
      for (Path task : tasks) {
        try {
          String name = Files.readString(task.resolve("comm")).strip();
          String[] fields = Files.readString(task.resolve("schedstat")).split(" ");
          seconds.merge(
              name.replaceAll("[-(#0-9 ]+$", ""), Long.parseLong(fields[0]) / 1e9, Double::sum);
        } catch (NoSuchFileException e) {
          // The thread has ended since the folder was listed.
          continue;
        }
      }
    }
    return seconds;
  }

  /** Resident memory in bytes. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(folder().resolve("status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS of " + pid);
  }

  private Path folder() {
    return Path.of("/proc", Long.toString(pid));
  }
}

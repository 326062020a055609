package org.lesbillets.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A program that is measured from outside: a child process with a clean environment, on a processor
 * of its own where the generator has one ({@code -Dbench.servers=CPU}). One thread.
 */
final class ChildProgram implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Process process;
  private final Path log;
  private final ProcessorTime time;

  /**
   * @param log takes what it writes to its standard error
   */
  ChildProgram(List<String> command, Map<String, String> environment, Path log) throws IOException {
    this.log = log;
    List<String> pinned = new ArrayList<>();
    String processor = System.getProperty("bench.servers");
    if (processor != null) {
      pinned.addAll(List.of("taskset", "--cpu-list", processor));
    }
    pinned.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(pinned).redirectError(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    process = builder.start();
    // It ends with the generator, also when that is interrupted.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    time = new ProcessorTime(process.pid());
  }

  /** PATH, HOME, LANG and TMPDIR, and which Java with which options; nothing else. */
  static Map<String, String> clean(Path home) {
    Map<String, String> environment = new TreeMap<>();
    for (String name : List.of("PATH", "JAVA_HOME", "BILLETS_SERVER_JAVA_OPTS")) {
      if (System.getenv(name) != null) {
        environment.put(name, System.getenv(name));
      }
    }
    environment.put("HOME", home.toString());
    environment.put("LANG", "C.UTF-8");
    environment.put("TMPDIR", System.getProperty("java.io.tmpdir"));
    return environment;
  }

  BufferedReader out() {
    return process.inputReader();
  }

  /**
   * The first line of its standard output.
   *
   * @throws IOException if it ends before, with what it wrote to its standard error
   */
  String firstLine() throws IOException {
    String line = out().readLine();
    if (line == null) {
      throw new IOException("ended before it was ready: " + Files.readString(log));
    }
    return line;
  }

  /** What it has written to its standard error so far. */
  String log() throws IOException {
    return Files.readString(log);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  ProcessorTime time() {
    return time;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
  }
}

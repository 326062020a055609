package org.lesbillets.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.lesbillets.process.ChildProcesses;

/**
 * A program in a process of its own, with nothing of this machine's environment but PATH. Its
 * output goes to files, so that it never waits for a reader. Ended, at the latest, by {@link
 * #close}. For one thread.
 */
final class Running implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 120;

  private final String command;
  private final Process process;
  private final Path out;
  private final Path err;

  private Running(String command, Process process, Path out, Path err) {
    this.command = command;
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts it in {@code folder}, where its output goes too, with an empty standard input. */
  static Running start(Path folder, Map<String, String> environment, List<String> command) {
    try {
      Files.createDirectories(folder);
      Path out = Files.createTempFile(folder, "out", null);
      Path err = Files.createTempFile(folder, "err", null);
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().clear();
      builder.environment().putAll(with(environment, folder));
      Process process =
          ChildProcesses.start(builder.redirectOutput(out.toFile()).redirectError(err.toFile()));
      process.getOutputStream().close();
      return new Running(String.join(" ", command), process, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs it to its end. */
  static ProcessOutcome run(Path folder, Map<String, String> environment, List<String> command) {
    try (Running running = start(folder, environment, command)) {
      return running.outcome();
    }
  }

  private static Map<String, String> with(Map<String, String> environment, Path home) {
    Map<String, String> all = new TreeMap<>();
    all.put("HOME", home.toString());
    // Else each first use would leave a program behind that writes into the test's folder.
    all.put("BILLETS_ARCHIVE", "off");
    all.put("LC_ALL", "C.UTF-8");
    all.put("PATH", System.getenv("PATH"));
    all.put("JAVA_HOME", System.getProperty("java.home"));
    all.putAll(environment);
    all.values().removeIf(String::isEmpty);
    return all;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  long pid() {
    return process.pid();
  }

  /** SIGTERM. */
  void terminate() {
    process.destroy();
  }

  /** SIGKILL, and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    end(PATIENCE_SECONDS);
  }

  /** SIGINT, as Ctrl-C sends it. */
  void interrupt() {
    List<String> command = List.of("kill", "-INT", Long.toString(pid()));
    run(out.getParent(), Map.of(), command).exits(0);
  }

  /** Waits for its end. */
  ProcessOutcome outcome() {
    return new ProcessOutcome(command, end(PATIENCE_SECONDS), out(), err());
  }

  /** Waits for its end, at most so long; its exit code. */
  int end(int seconds) {
    try {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw new AssertionError(
            "still running after " + seconds + " s: " + command + "\n" + err());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String out() {
    return text(out);
  }

  /** How many bytes it has printed. */
  long printed() {
    return out.toFile().length();
  }

  String err() {
    return text(err);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGKILL for it and for what it has started, which would otherwise run on without it. */
  @Override
  public void close() {
    if (process.isAlive()) {
      List<ProcessHandle> started = process.descendants().toList();
      kill();
      started.forEach(ProcessHandle::destroyForcibly);
    }
  }
}

package org.lesbillets.cli.soak;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program in a process of its own, whose output goes to files; it can be stopped. One thread. */
final class SoakProcess implements AutoCloseable {
  private final Process process;
  private final Path out;
  private final Path err;

  private SoakProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /**
   * Starts it in {@code folder}.
   *
   * @param name of its two files there
   */
  static SoakProcess start(
      Path folder, String name, Map<String, String> environment, List<String> command)
      throws IOException {
    File out = folder.resolve(name + ".out").toFile();
    File err = folder.resolve(name + ".err").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out)
            .redirectError(err);
    builder.environment().putAll(environment);
    SoakProcess started = new SoakProcess(builder.start(), out.toPath(), err.toPath());
    Runtime.getRuntime().addShutdownHook(new Thread(started::kill));
    return started;
  }

  /** Runs it to its end; what it printed, both streams together. */
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command + ": " + said);
    }
    return said;
  }

  /** Sends a signal to a process and all its descendants. */
  static void signal(String name, ProcessHandle process) throws IOException, InterruptedException {
    for (ProcessHandle one : Stream.concat(Stream.of(process), process.descendants()).toList()) {
      run(List.of("kill", "-" + name, Long.toString(one.pid())));
    }
  }

  ProcessHandle handle() {
    return process.toHandle();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    kill();
  }
}

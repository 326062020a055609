package org.lesbillets.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The server's distribution as a child process, with a throw-away data directory. */
final class BenchServer implements AutoCloseable {
  private final Path data;
  private final Process process;
  private final int port;

  BenchServer(Path launcher, List<String> options) throws IOException {
    data = Files.createTempDirectory("billets-bench");
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "--port", "0"));
    command.addAll(List.of("--data", data.toString()));
    // All connections of a measurement share the local token.
    command.addAll(List.of("--sessions-per-token", "10000"));
    command.addAll(options);
    Path log = data.resolve("log");
    process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    BufferedReader out = process.inputReader();
    String ready = out.readLine();
    if (ready == null || !ready.startsWith("billets-server ready on ")) {
      process.destroyForcibly();
      throw new IOException("the server did not start: " + ready + Files.readString(log));
    }
    port = Integer.parseInt(ready.replaceAll(".*:([0-9]+)/.*", "$1"));
  }

  int port() {
    return port;
  }

  String token() throws IOException {
    return Files.readString(data.resolve("local.token")).strip();
  }

  /** Processor seconds the server has used. */
  double processorSeconds() {
    return process.info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(0.0);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}

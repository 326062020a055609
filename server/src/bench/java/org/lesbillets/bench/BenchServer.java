package org.lesbillets.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The server's distribution as a child process. One thread. */
final class BenchServer implements AutoCloseable {
  private final Path data;
  private final Scratch scratch;
  private final ChildProgram program;
  private final int port;

  /** With a throw-away data directory. */
  BenchServer(Path launcher, List<String> options) throws IOException {
    this(launcher, null, options);
  }

  /**
   * @param kept the data directory, which stays; null for one that goes with the server
   */
  BenchServer(Path launcher, Path kept, List<String> options) throws IOException {
    scratch = new Scratch();
    data = kept == null ? Files.createDirectory(scratch.folder().resolve("data")) : kept;
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "--port", "0"));
    command.addAll(List.of("--data", data.toString()));
    // All connections of a measurement share the local token.
    command.addAll(List.of("--sessions-per-token", "10000"));
    command.addAll(options);
    program =
        new ChildProgram(
            command, ChildProgram.clean(scratch.folder()), scratch.folder().resolve("server.log"));
    String ready = program.firstLine();
    if (!ready.startsWith("billets-server ready on ")) {
      close();
      throw new IOException("the server did not start: " + ready);
    }
    port = Integer.parseInt(ready.replaceAll(".*:([0-9]+)/.*", "$1"));
  }

  int port() {
    return port;
  }

  String token() throws IOException {
    return Files.readString(data.resolve("local.token")).strip();
  }

  Path data() {
    return data;
  }

  ProcessorTime time() {
    return program.time();
  }

  /** Processor seconds the server has used. */
  double processorSeconds() throws IOException {
    return time().seconds();
  }

  @Override
  public void close() throws IOException {
    program.close();
    scratch.close();
  }
}

package org.lesbillets.server.soak;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.server.ServerMain;
import org.lesbillets.server.auth.TokenStore;

/** A server on SQLite as a child process: it is killed, and started again on the same data. */
final class SoakServer implements AutoCloseable {
  private final Path data;
  private final Map<String, String> environment;
  private final Map<String, String> tokens = new HashMap<>();
  private volatile Process process;
  private volatile int port;
  private volatile int life;
  private volatile long startedNanos;

  /**
   * @param environment what its process is given beside ours
   */
  SoakServer(Path data, Map<String, String> environment) {
    this.data = data;
    this.environment = environment;
    Runtime.getRuntime().addShutdownHook(new Thread(this::destroy, "no-orphan"));
  }

  private void destroy() {
    Process last = process;
    if (last != null) {
      last.destroyForcibly();
    }
  }

  /** Lets an agent in; before the server is started for the first time. */
  void admit(String agent) throws IOException {
    Files.createDirectories(data);
    tokens.put(agent, new TokenStore(data).add(new AgentName(agent), Role.AGENT));
  }

  void start() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                ServerMain.class.getName()));
    command.addAll(List.of("--port", "0", "--data", data.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    File log = data.resolve("server.log").toFile();
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log));
    startedNanos = System.nanoTime();
    Process started = ChildProcesses.start(builder);
    process = started;
    BufferedReader out = started.inputReader();
    String ready = out.readLine();
    if (ready == null || !ready.startsWith("billets-server ready on ")) {
      throw new IOException(
          "the server did not start: " + Files.readString(data.resolve("server.log")));
    }
    port = Integer.parseInt(ready.replaceAll(".*:([0-9]+)/.*", "$1"));
    life++;
  }

  /** Which start of the server this is; 1 for the first. */
  int life() {
    return life;
  }

  /** When it was started last, or shortly before. */
  long startedNanos() {
    return startedNanos;
  }

  SoakConnection connect(String agent) throws IOException {
    return new SoakConnection(port, tokens.get(agent));
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException, IOException {
    process.toHandle().destroyForcibly();
    process.waitFor();
    WrongClock.forget(process.pid());
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
  }
}

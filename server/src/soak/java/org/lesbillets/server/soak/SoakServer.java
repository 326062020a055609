package org.lesbillets.server.soak;

import java.io.BufferedReader;
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
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.server.ServerMain;
import org.lesbillets.server.auth.FileTokenStore;
import org.lesbillets.server.journal.PrivateFiles;

/** A server on SQLite as a child process: it is killed, and started again on the same data. */
final class SoakServer implements AutoCloseable {
  private final Path data;
  private final Map<String, String> environment;
  private final List<String> prefix;
  private final Map<String, String> tokens = new HashMap<>();
  private volatile Process process;
  private volatile int port;
  private volatile int life;
  private volatile long startedNanos;
  private volatile long readyNanos;

  /**
   * @param environment what its process is given beside ours
   */
  SoakServer(Path data, Map<String, String> environment) {
    this(data, environment, List.of());
  }

  /**
   * A server below another program.
   *
   * @param prefix that program and its options; its process becomes the server's
   */
  SoakServer(Path data, Map<String, String> environment, List<String> prefix) {
    this.data = data;
    this.environment = environment;
    this.prefix = prefix;
    Runtime.getRuntime().addShutdownHook(new Thread(this::destroy, "no-orphan"));
  }

  /** Another server, on a copy of the data, that knows the same agents. */
  SoakServer on(Path copy) {
    SoakServer server = new SoakServer(copy, environment);
    server.tokens.putAll(tokens);
    return server;
  }

  private void destroy() {
    Process last = process;
    if (last != null) {
      last.destroyForcibly();
    }
  }

  /** Lets an agent in; before the server is started for the first time. */
  void admit(String agent) throws IOException {
    Files.createDirectories(data, PrivateFiles.directoryMode());
    tokens.put(agent, new FileTokenStore(data).add(new AgentName(agent), Role.AGENT));
  }

  /** Starts it, and returns when it is ready. */
  void start() throws IOException {
    begin();
    awaitReady();
  }

  /** Starts its process. */
  void begin() throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(program());
    command.addAll(List.of("--port", "0", "--data", data.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("BILLETS_SERVER_JAVA_OPTS", "-Xmx1g");
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log().toFile()));
    startedNanos = System.nanoTime();
    process = ChildProcesses.start(builder);
  }

  /**
   * The distribution's launcher, where {@code -Dsoak.server} names it; else our classes. Those are
   * of tests, whose servers live for seconds: what C2 would compile is not worth its time.
   */
  private static List<String> program() {
    String launcher = System.getProperty("soak.server");
    if (launcher != null) {
      return List.of(launcher);
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    return List.of(
        java,
        "-Xmx1g",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        classes,
        ServerMain.class.getName());
  }

  /** Waits until the process that was begun last is ready. */
  void awaitReady() throws IOException {
    BufferedReader out = process.inputReader();
    String ready = out.readLine();
    if (ready == null || !ready.startsWith("billets-server ready on ")) {
      throw new IOException("the server did not start: " + Files.readString(log()));
    }
    readyNanos = System.nanoTime() - startedNanos;
    port = Integer.parseInt(ready.replaceAll(".*:([0-9]+)/.*", "$1"));
    life++;
  }

  /** What its processes logged; beside its data. */
  Path log() {
    return data.resolveSibling(data.getFileName() + ".log");
  }

  /** The token of an agent that was admitted. */
  String token(String agent) {
    return tokens.get(agent);
  }

  Path data() {
    return data;
  }

  int port() {
    return port;
  }

  long pid() {
    return process.pid();
  }

  /** Nanoseconds from the start of the last process that became ready until it was. */
  long readyNanos() {
    return readyNanos;
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

  /** A connection that watches, for a client that will not read. */
  SoakConnection watchWithoutReading(String agent) throws IOException {
    SoakConnection connection = new SoakConnection(port, tokens.get(agent), 4_096);
    connection.send(ClientMessage.GetTickets.watching("w", null, null));
    return connection;
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException, IOException {
    process.toHandle().destroyForcibly();
    process.waitFor();
    WrongClock.forget(process.pid());
  }

  /** As {@code kill}; its exit code, or -1 when it is still there after so many seconds. */
  int terminate(int seconds) throws InterruptedException {
    process.toHandle().destroy();
    return process.waitFor(seconds, TimeUnit.SECONDS) ? process.exitValue() : -1;
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

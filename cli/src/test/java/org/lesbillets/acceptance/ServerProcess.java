package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The real server as a child process, on a free port of the loopback interface, with its data below
 * a folder of the test's. It can be killed and started again on the same port and data. For one
 * thread; ended, at the latest, by {@link #close}.
 */
final class ServerProcess implements AutoCloseable {
  /**
   * Servers of tests live for seconds: what C2 would compile is not worth its time. Settings of a
   * server that is installed here do not count.
   */
  private static final String SHORT_LIVED = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC ";

  private static final Duration START = Duration.ofSeconds(60);
  private static final Pattern READY =
      Pattern.compile("billets-server ready on (wss?)://127\\.0\\.0\\.1:([0-9]+)/tickets\n");

  private final Path folder;
  private final String javaOptions;
  private final List<String> options;
  private Running running;
  private int port;
  private String scheme;
  private String authority = "";

  private ServerProcess(Path folder, String javaOptions, List<String> options) {
    this.folder = folder;
    this.javaOptions = javaOptions;
    this.options = options;
  }

  /** A server that is ready. */
  static ServerProcess start(Path folder, String... options) {
    ServerProcess server = new ServerProcess(folder, ServerArchive.options(), List.of(options));
    server.launch();
    return server;
  }

  /**
   * A server that is ready, and knows these agents from the beginning: it notices a token that is
   * added later within a second only.
   *
   * @param known is given {@code billets} for each of them, by its name
   */
  static ServerProcess startKnowing(Path folder, List<String> agents, Map<String, Billets> known) {
    ServerProcess server = new ServerProcess(folder, ServerArchive.options(), List.of());
    Map<String, String> tokens = new TreeMap<>();
    agents.forEach(agent -> tokens.put(agent, server.addToken(agent, "agent")));
    server.launch();
    tokens.forEach((agent, token) -> known.put(agent, server.as(token)));
    return server;
  }

  /** The server that makes the archive the others start with. */
  static ServerProcess archiving(Path folder, String javaOptions) {
    ServerProcess server = new ServerProcess(folder, javaOptions, List.of());
    server.launch();
    return server;
  }

  private static Map<String, String> environment(String javaOptions) {
    return Map.of(
        "BILLETS_SERVER_CONFIG", "", "BILLETS_SERVER_JAVA_OPTS", SHORT_LIVED + javaOptions);
  }

  /** Runs {@code billets-server} with these words, at most until it is ready, and tells its end. */
  static ProcessOutcome refused(Path folder, String... words) {
    Map<String, String> environment = new TreeMap<>(environment(ServerArchive.options()));
    environment.put("XDG_STATE_HOME", folder.toString());
    return Running.run(folder, environment, Distribution.server(words));
  }

  private void launch() {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("--port", Integer.toString(port), "--data", data().toString()));
    words.addAll(options);
    List<String> command = Distribution.server(words.toArray(String[]::new));
    running = Running.start(folder, environment(javaOptions), command);
    try {
      awaitReady();
    } catch (RuntimeException | AssertionError e) {
      running.close();
      throw e;
    }
  }

  private void awaitReady() {
    await("a server that is ready")
        .atMost(START)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !running.isAlive() || running.out().endsWith("\n"));
    Matcher ready = READY.matcher(running.out());
    assertTrue(ready.matches(), () -> running.out() + running.err());
    scheme = ready.group(1);
    port = Integer.parseInt(ready.group(2));
  }

  int port() {
    return port;
  }

  String url() {
    return scheme + "://127.0.0.1:" + port + "/tickets";
  }

  /** Has its clients trust the authority in this file. */
  void trusting(Path caFile) {
    authority = caFile.toString();
  }

  /**
   * Its data directory: the one it would take by itself if {@code folder} held the user's state.
   */
  Path data() {
    return folder.resolve("billets").resolve("server");
  }

  Path folder() {
    return folder;
  }

  /** What the present process has printed. */
  String out() {
    return running.out();
  }

  /** What the present process has logged. */
  String err() {
    return running.err();
  }

  long pid() {
    return running.pid();
  }

  /** Stops its process (STOP), or lets it go on (CONT). */
  void signal(String name) {
    String pid = Long.toString(running.pid());
    Running.run(folder, Map.of(), List.of("kill", "-" + name, pid)).exits(0);
  }

  /** {@code kill -9}. */
  void killHard() {
    running.kill();
  }

  /** Starts it again, after it ended, on the same port and data. */
  void restart() {
    launch();
  }

  /** SIGTERM; the exit code, which has to come within 5 s. */
  int stop() {
    return stop(5);
  }

  /** SIGTERM; the exit code, which has to come within so many seconds. */
  int stop(int seconds) {
    running.terminate();
    return running.end(seconds);
  }

  /** {@code billets-server token …} beside it. */
  ProcessOutcome token(String... words) {
    List<String> all = new ArrayList<>(List.of("token"));
    all.addAll(List.of(words));
    all.addAll(List.of("--data", data().toString()));
    List<String> command = Distribution.server(all.toArray(String[]::new));
    return Running.run(folder, environment(""), command);
  }

  /** {@code billets} for a new agent. */
  Billets newAgent(String name) {
    return newAgent(name, "agent");
  }

  Billets newAgent(String name, String role) {
    return known(as(addToken(name, role)));
  }

  private String addToken(String name, String role) {
    return token("add", name, "--role", role).line();
  }

  /** The server notices a new token within a second; on a busy machine it gets longer. */
  private static Billets known(Billets agent) {
    await("a server that knows the token")
        .pollInterval(Duration.ofMillis(50))
        .until(() -> agent.does("list --limit 1").exit() == 0);
    return agent;
  }

  /** Waits until a token that was just added is known. */
  void known(String token) {
    known(as(token));
  }

  /** {@code billets} with this token. */
  Billets as(String token) {
    return new Billets(
        folder,
        Map.of("BILLETS_SERVER", url(), "BILLETS_TOKEN", token, "BILLETS_CA_FILE", authority));
  }

  /** {@code billets} for who runs the server, with the token it leaves for them. */
  Billets owner() {
    return new Billets(folder, Map.of("BILLETS_SERVER", url(), "XDG_STATE_HOME", "" + folder));
  }

  @Override
  public void close() {
    running.close();
  }
}

package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.acceptance.WithServer.Agent;

/** Each fault of an installation is named with its cure, and nothing else is. */
@Timeout(Patience.SECONDS)
@WithServer
class DoctorTest {
  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  /** A program that is no desk; answers every request with 404. */
  private static HttpServer website;

  /** A home directory of someone for whom everything is right. */
  private static Billets healthy;

  @BeforeAll
  static void start() throws IOException {
    website = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    website.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(404, -1);
          exchange.close();
        });
    website.createContext(
        "/guarded",
        exchange -> {
          exchange.sendResponseHeaders(403, -1);
          exchange.close();
        });
    website.start();
    Path home = Files.createDirectories(folder.resolve("home"));
    Files.writeString(home.resolve(".bashrc"), "source <(billets completion bash)\n");
    token(home, "alice.token", alice.environment().get("BILLETS_TOKEN"), "rw-------");
    token(home, "wrong.token", "wrong", "rw-------");
    token(home, "empty.token", "", "rw-------");
    token(home, "open.token", alice.environment().get("BILLETS_TOKEN"), "rw-r--r--");
    config(home, "broken", "[nonsense\n");
    config(home, "unknown", "sever = '127.0.0.1'\n");
    Files.createDirectories(home.resolve("fine"));
    Path scripts = folder.resolve("bare/share/bash-completion/completions");
    Files.createFile(Files.createDirectories(scripts).resolve("billets"));
    // A socket whose server was killed: the file stays.
    UnixDomainSocketAddress stale = UnixDomainSocketAddress.of(home.resolve("stale.sock"));
    ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(stale).close();
    Map<String, String> environment = new TreeMap<>();
    environment.put("HOME", home.toString());
    environment.put("XDG_CONFIG_HOME", home + "/fine");
    environment.put("XDG_DATA_DIRS", home + "/share");
    environment.put("BILLETS_SERVER", server.url());
    environment.put("BILLETS_TOKEN_FILE", home + "/alice.token");
    environment.put("BILLETS_JAVA_OPTS", "-Xshare:auto");
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("TERM", "xterm-256color");
    environment.put("SHELL", "/bin/bash");
    environment.put("EDITOR", "sh -e");
    healthy = new Billets(folder, environment);
  }

  @AfterAll
  static void end() {
    website.stop(0);
  }

  private static void token(Path home, String name, String token, String rights)
      throws IOException {
    Path file = Files.writeString(home.resolve(name), token + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(rights));
  }

  private static void config(Path home, String name, String text) throws IOException {
    Path config = Files.createDirectories(home.resolve(name).resolve("billets"));
    Files.writeString(config.resolve("config.toml"), text);
  }

  /**
   * A fault.
   *
   * @param checks the checks that find something wrong, as {@code check state}
   * @param found part of the sentence
   * @param cure part of the cure
   */
  private record Fault(
      String name,
      Function<Billets, Billets> stage,
      List<String> checks,
      String found,
      String cure) {
    @Override
    public String toString() {
      return name;
    }
  }

  private static Fault fault(String variable, String value, String check, String foundAndCure) {
    String[] parts = foundAndCure.split(" => ");
    return new Fault(
        variable + "=" + value,
        billets -> billets.with(variable, value.replace("HOME", folder + "/home")),
        List.of(check),
        parts[0],
        parts[1]);
  }

  static Stream<Fault> faults() throws IOException {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    String nowhere = "127.0.0.1:" + free;
    String web = "127.0.0.1:" + website.getAddress().getPort();
    return Stream.of(
        fault(
            "BILLETS_SERVER", nowhere, "server failure", "cannot be reached => check the address"),
        fault(
            "BILLETS_SERVER", nowhere, "server failure", "listens => 'billets-server' starts one"),
        fault("BILLETS_SERVER", web, "server failure", "is no Les Billets server => check host"),
        fault(
            "BILLETS_SERVER", "ws://" + web + "/guarded", "server failure", "let => ask its admin"),
        // Every server says the same, so that no other is tried.
        fault(
            "BILLETS_SERVER",
            "ws://" + web + "/guarded," + nowhere,
            "server failure",
            "does not let => ask"),
        fault("BILLETS_SERVER", "unix:HOME/none.sock", "server failure", "no such socket => start"),
        fault("BILLETS_SERVER", "unix:HOME/stale.sock", "server failure", "listens => anew"),
        fault("BILLETS_SERVER", nowhere + "," + server.url(), "server warning", "listens => check"),
        fault("BILLETS_SERVER", "a b", "settings failure", "BILLETS_SERVER => ws://HOST:PORT"),
        fault("BILLETS_CONTEXT", "wrk", "settings failure", "BILLETS_CONTEXT => context"),
        fault("BILLETS_TOKEN_FILE", "HOME/none.token", "token failure", "no file ~/ => token add"),
        fault("BILLETS_TOKEN_FILE", "HOME/empty.token", "token failure", "is empty => token add"),
        fault(
            "BILLETS_TOKEN_FILE", "HOME/wrong.token", "server failure", "this token => token add"),
        fault("BILLETS_TOKEN_FILE", "HOME/open.token", "token warning", "can read => chmod 600 ~/"),
        fault("XDG_CONFIG_HOME", "HOME/broken", "config failure", "line 1 => mend it"),
        fault("XDG_CONFIG_HOME", "HOME/unknown", "config failure", "'server' => mend it"),
        fault("XDG_STATE_HOME", "HOME/.bashrc", "drafts warning", "be kept => XDG_STATE_HOME"),
        fault("SHELL", "/usr/bin/zsh", "completion warning", "zsh has none => ~/.zshrc"),
        new Fault(
            "bash without bash-completion",
            billets ->
                billets
                    .with("HOME", folder + "/bare")
                    .with("XDG_DATA_DIRS", folder + "/bare/share"),
            List.of("completion warning"),
            "the package bash-completion is not installed",
            "install it, or add this line to ~/.bashrc"),
        fault("SHELL", "fish", "completion warning", "fish has none => completion fish"),
        fault("BILLETS_ARCHIVE", "off", "archive warning", "BILLETS_ARCHIVE is off => unset it"),
        fault("BILLETS_JAVA_OPTS", "", "archive warning", "not in use => BILLETS_ARCHIVE=make"),
        fault("LC_ALL", "C", "locale warning", "no UTF-8 => LC_ALL=C.UTF-8"),
        fault("TERM", "vt100", "colours warning", "TERM=vt100 => xterm-256color"),
        fault("EDITOR", "nonesuch -w", "editor warning", "no program nonesuch => EDITOR"));
  }

  private static List<JsonObject> findings(ProcessOutcome outcome) {
    List<JsonObject> findings = new ArrayList<>();
    JsonParser.parseString(outcome.out())
        .getAsJsonArray()
        .forEach(element -> findings.add(element.getAsJsonObject()));
    return findings;
  }

  private static String text(JsonObject finding, String name) {
    return finding.get(name).isJsonNull() ? "" : finding.get(name).getAsString();
  }

  @Test
  void nothingIsWrongHere() {
    ProcessOutcome outcome = healthy.does("doctor -o json").succeeds();
    List<JsonObject> findings = findings(outcome);
    assertTrue(findings.size() >= 10, outcome::toString);
    findings.forEach(f -> assertEquals("ok", text(f, "state"), outcome::toString));
    outcome.shows("knows you as alice, agent");
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isNamedWithItsCure(Fault fault) {
    ProcessOutcome outcome = fault.stage.apply(healthy).does("doctor -o json");
    List<JsonObject> wrong =
        findings(outcome).stream().filter(f -> !text(f, "state").equals("ok")).toList();
    List<String> checks =
        wrong.stream().map(f -> text(f, "check") + " " + text(f, "state")).toList();
    assertEquals(fault.checks, checks, outcome::toString);
    assertTrue(text(wrong.get(0), "found").contains(fault.found), outcome::toString);
    assertTrue(text(wrong.get(0), "cure").contains(fault.cure), outcome::toString);
    outcome.exits(fault.checks.get(0).endsWith("failure") ? 1 : 0);
    assertFalse(outcome.out().contains(alice.environment().get("BILLETS_TOKEN")));
  }

  /** Somebody who has just installed the client, on a machine without a server. */
  @Test
  void manyFaultsAreNamedAtOnce() {
    Billets newcomer =
        new Billets(folder, Map.of("HOME", folder + "/new", "BILLETS_SERVER", "127.0.0.1:1"));
    ProcessOutcome outcome = newcomer.does("doctor").exits(1);
    outcome.says("billets: 2 failures and ");
    assertTrue(outcome.out().contains("failure\ttoken\tthere is none"), outcome::toString);
    assertTrue(outcome.out().contains("failure\tserver\t"), outcome::toString);
  }

  /** Java cannot say it of itself; the launcher does, whatever the verb. */
  @Test
  @Tag("distribution")
  void aJavaThatIsTooOldIsNamedByTheLauncher() throws IOException {
    Path old = Files.createDirectories(folder.resolve("jdk-11/bin")).getParent();
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\nexit 70\n");
    assertTrue(java.toFile().setExecutable(true));
    Map<String, String> environment = Map.of("JAVA_HOME", old.toString());
    Running.run(folder, environment, Distribution.billets("doctor"))
        .fails(1, "is Java 11.0.2: install Java 17 or newer");
  }

  /** Nothing is changed by looking. */
  @Test
  void leavesNothingBehind() throws IOException {
    Path home = Files.createDirectories(folder.resolve("untouched"));
    healthy.with("HOME", home.toString()).with("XDG_STATE_HOME", home + "/s").does("doctor");
    try (Stream<Path> files = Files.list(home)) {
      assertEquals(0, files.count());
    }
  }
}

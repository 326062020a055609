package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.cli.Verbs;

/** What scripts can rely on whatever the verb: a new one is tested here, or has to say why not. */
@Timeout(Patience.SECONDS)
@WithServer
class EveryVerbTest {
  /**
   * How a verb is used.
   *
   * @param does a line that succeeds: TICKET is one of its own, MINE one that is locked by oneself
   * @param fails a line that does not
   * @param asks whether a server is needed
   */
  private record Use(String verb, String does, String fails, boolean asks) {
    @Override
    public String toString() {
      return verb;
    }
  }

  private static Use asking(String verb, String does, String fails) {
    return new Use(verb, does, fails, true);
  }

  private static Use alone(String verb, String does, String fails) {
    return new Use(verb, does, fails, false);
  }

  private static final List<Use> USES =
      List.of(
          asking("list", "list number:TICKET", "list stat:open"),
          asking("show", "show TICKET --history", "show 4711"),
          asking("create", "create --title T --description -", "create --title ''"),
          asking("update", "update TICKET --priority high", "update 4711 --priority high"),
          asking("close", "close TICKET", "close 4711"),
          asking("reopen", "reopen TICKET", "reopen 4711"),
          asking("snooze", "snooze TICKET --for 1h", "snooze 4711 --for 1h"),
          asking("wake", "wake TICKET", "wake 4711"),
          asking("raise", "raise --key every-verb --title T", "raise --key 'a b' --title T"),
          asking("comment", "comment TICKET hello", "comment TICKET"),
          asking("lock", "lock TICKET --wait=5m", "lock 4711 --wait"),
          asking("claim", "claim number:TICKET", "claim number:4711"),
          asking("unlock", "unlock MINE", "unlock TICKET"),
          asking("locks", "locks", "locks --theirs"),
          asking("edit", "edit TICKET", "edit 4711"),
          asking("watch", "watch number:TICKET --since 0 --count 2", "watch --count 0"),
          asking("wait", "wait TICKET --for open", "wait TICKET --for closed --within 1ms"),
          asking("history", "history TICKET", "history 4711"),
          asking("export", "export number:TICKET", "export stat:open"),
          asking("status", "status --max-age 0s", "status --format {x}"),
          asking("bench", "bench --clean", "bench --clean --rate max"),
          asking("whoami", "whoami", "whoami x"),
          alone("context add", "context add new --server a --replace", "context add new"),
          alone("context use", "context use work", "context use nowhere"),
          alone("context list", "context list", "context list x"),
          alone("context show", "context show work", "context show nowhere"),
          alone("context remove", "context remove work", "context remove nowhere"),
          alone("completion", "completion bash", "completion tcsh"),
          alone("help", "help list", "help nothing"));

  /** Verbs that cannot be used like that, each with the reason. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "tui", "has a terminal to itself: TuiTest plays it",
          "work", "runs until a signal ends it: WorkTest plays it",
          "doctor", "reports a failure as data, on standard output: DoctorTest stages them",
          "batch", "asks nobody as long as it is given nothing: BatchTest plays it",
          "import", "is for admins: ExchangeTest plays it",
          "admin sessions", "is for admins: AdminTest plays it",
          "admin kick", "is for admins: AdminTest plays it",
          "admin redact", "is for admins: AdminTest plays it",
          "admin drain", "is for admins: AdminTest plays it");

  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  @BeforeAll
  static void start() {
    alice =
        alice
            .with("XDG_CONFIG_HOME", folder + "/config")
            .with("XDG_STATE_HOME", folder + "/state")
            .with("EDITOR", "sed -i -e 's/^title: .*/title: By hand/'");
  }

  static List<Use> uses() {
    return USES;
  }

  static Stream<Use> asking() {
    return USES.stream().filter(Use::asks);
  }

  @Test
  void noVerbIsLeftOut() {
    Set<String> here = new TreeSet<>(ELSEWHERE.keySet());
    USES.forEach(use -> here.add(use.verb));
    Set<String> told = Verbs.told().collect(Collectors.toSet());
    assertEquals(Verbs.doing().filter(told::contains).collect(Collectors.toSet()), here);
  }

  /** The line with tickets of its own. */
  private static String[] line(String line, String more) {
    alice.does("context add work --server here --replace").exits(0);
    String filled = line;
    if (line.contains("TICKET") || line.contains("MINE")) {
      String number = alice.does("create --title 'one of its own'").line();
      if (line.contains("MINE")) {
        alice.does("lock " + number).exits(0);
      } else {
        alice.does("comment " + number + " again").exits(0);
      }
      filled = line.replace("TICKET", number).replace("MINE", number);
    }
    return Billets.words(filled + more);
  }

  private static JsonObject failure(ProcessOutcome outcome) {
    assertEquals("", outcome.out(), outcome::toString);
    assertEquals(1, outcome.err().lines().count(), outcome::toString);
    JsonObject failure = JsonParser.parseString(outcome.err()).getAsJsonObject();
    assertEquals(Set.of("code", "message", "details"), failure.keySet(), outcome::toString);
    return failure;
  }

  @ParameterizedTest
  @MethodSource("uses")
  void jsonParsesWhenItIsDone(Use use) {
    ProcessOutcome json = alice.run("", line(use.does, " -o json")).exits(0);
    assertTrue(JsonParser.parseString(json.out()).toString().length() > 2, json::toString);
    ProcessOutcome jsonl = alice.run("", line(use.does, " -o jsonl")).exits(0);
    assertTrue(!jsonl.out().isBlank(), jsonl::toString);
    jsonl.out().lines().forEach(one -> JsonParser.parseString(one).getAsJsonObject());
  }

  @ParameterizedTest
  @MethodSource("uses")
  void jsonParsesWhenItFails(Use use) {
    for (String format : List.of("json", "jsonl")) {
      ProcessOutcome outcome = alice.run("", line(use.fails, " -o " + format));
      assertTrue(outcome.exit() > 0 && outcome.exit() < 9, outcome::toString);
      assertTrue(!failure(outcome).get("message").getAsString().isBlank());
    }
  }

  /** As {@code head -1} reads: one line, and then no more. */
  private static final class Head extends OutputStream {
    private boolean over;

    @Override
    public void write(int b) throws IOException {
      if (over) {
        throw new IOException("Broken pipe");
      }
      over = b == '\n';
    }
  }

  @ParameterizedTest
  @MethodSource("uses")
  void itEndsQuietlyWhenTheReaderGoes(Use use) {
    for (String format : List.of("jsonl", "table")) {
      ProcessOutcome outcome = alice.into(new Head(), "", line(use.does, " -o " + format));
      assertTrue(Set.of(0, 141).contains(outcome.exit()), outcome::toString);
      // Notes are not kept back by that: where an unsent draft is, say.
      outcome.says();
      assertTrue(
          outcome.err().lines().noneMatch(l -> l.startsWith("billets: ")), outcome::toString);
    }
  }

  private static ServerSocket listening() throws IOException {
    return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  private static Billets at(int port) {
    return alice.with("BILLETS_SERVER", "127.0.0.1:" + port);
  }

  private static String plain(String line) {
    return line.replaceAll("TICKET|MINE", "17");
  }

  @ParameterizedTest
  @MethodSource("asking")
  void aServerThatIsNotThereIsToldSoon(Use use) throws IOException {
    int port;
    try (ServerSocket socket = listening()) {
      port = socket.getLocalPort();
    }
    unavailable(use, at(port));
  }

  @ParameterizedTest
  @MethodSource("asking")
  void aServerThatSaysNothingIsToldWithinTheTimeout(Use use) throws IOException {
    try (ServerSocket silent = listening()) {
      unavailable(use, at(silent.getLocalPort()));
    }
  }

  private static void unavailable(Use use, Billets lost) {
    long start = System.nanoTime();
    ProcessOutcome outcome =
        lost.run("", Billets.words(plain(use.does) + " --timeout 400ms -o json"));
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertEquals("UNREACHABLE", failure(outcome.exits(8)).get("code").getAsString());
    assertTrue(took.compareTo(Duration.ofSeconds(9)) < 0, use + " took " + took);
  }

  @Test
  void whatAsksNobodyNeedsNoServer() throws IOException {
    Billets lost = at(1);
    for (Use use : USES) {
      if (!use.asks) {
        alice.does("context add work --server here --replace").exits(0);
        lost.run("", Billets.words(use.does)).exits(0);
      }
    }
  }

  /** Each is stopped while it waits for its server; some at a time, since starting takes long. */
  @Test
  void sigintEndsItWith130() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Future<?>> all = new ArrayList<>();
      asking().forEach(use -> all.add(threads.submit(() -> interrupted(use))));
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isAsked(ServerSocket silent) throws IOException {
    try {
      silent.accept();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static Void interrupted(Use use) throws IOException {
    try (ServerSocket silent = listening()) {
      silent.setSoTimeout((int) Duration.ofSeconds(90).toMillis());
      List<String> command =
          Distribution.billetsFromClasses(Billets.words(plain(use.does) + " --timeout 2m"));
      Map<String, String> environment = at(silent.getLocalPort()).environment();
      try (Running running = Running.start(folder, environment, command)) {
        assertTrue(isAsked(silent), () -> use + ": " + running.out() + running.err());
        running.interrupt();
        ProcessOutcome outcome = running.outcome().exits(130);
        assertEquals("", outcome.out() + outcome.err(), outcome::toString);
      }
    }
    return null;
  }
}

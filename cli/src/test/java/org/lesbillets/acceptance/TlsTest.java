package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.tidy.RequiredTools;

/** The real server and its clients over TLS, with certificates made for the test. */
@Timeout(Patience.SECONDS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class TlsTest {
  private static final int WATCHERS = 25;
  private static final int EVENTS = 200;
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Certificates certificates;
  private static Path good;
  private static Path served;
  private static ServerProcess server;
  private static Billets alice;

  @BeforeAll
  static void start() throws Exception {
    certificates = Certificates.in(folder.resolve("tls"));
    good = certificates.issue("good.pem");
    served = folder.resolve("tls/served.pem");
    Files.copy(good, served);
    server =
        ServerProcess.start(
            folder, "--tls-cert", "" + served, "--tls-key", "" + certificates.key());
    server.trusting(certificates.authority());
    alice = server.newAgent("alice");
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aVerbAndAWatch() {
    assertTrue(server.url().startsWith("wss://127.0.0.1:"), server.url());
    try (Running watch = alice.start("watch --count 1 -o json")) {
      await("a watch that has an event")
          .atMost(LONG)
          .until(
              () -> {
                alice.does("create --title 'over TLS'").succeeds();
                return !watch.out().isEmpty();
              });
      watch.outcome().exits(0).shows("over TLS");
    }
  }

  /** Large both ways: a frame of 60 KiB, a snapshot of a megabyte, and a command under a lock. */
  @Test
  void large() {
    String text = "x".repeat(60_000);
    String lines =
        IntStream.range(0, 20)
            .mapToObj(
                i ->
                    "{\"type\":\"CreateTicket\",\"ticket\":{\"title\":\"large\",\"tags\":[\"big\"],"
                        + "\"description\":\""
                        + text
                        + "\"}}\n")
            .collect(Collectors.joining());
    alice.reading(lines, "batch").exits(0);
    ProcessOutcome list = alice.does("list tag:big -o json").exits(0);
    assertTrue(list.out().length() > 20 * text.length(), "" + list.out().length());
    String number = alice.does("list tag:big --limit 1 -o id").out().strip();
    alice.does("show " + number + " --field description").prints(text);
  }

  /** Joined writes of the drainer, Tyrus's pongs and TLS records share each connection. */
  @Test
  void manyWatchers() throws Exception {
    List<ByteArrayOutputStream> watched = new ArrayList<>();
    List<CompletableFuture<ProcessOutcome>> watches = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(WATCHERS);
    try {
      for (int i = 0; i < WATCHERS; i++) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] words = Billets.words("watch tag:fanout -o jsonl --count " + EVENTS);
        watched.add(out);
        watches.add(CompletableFuture.supplyAsync(() -> alice.into(out, "", words), threads));
      }
      await("watches that are there")
          .atMost(LONG)
          .until(
              () -> {
                alice.does("create --title probe --tag fanout").succeeds();
                return watched.stream().noneMatch(out -> out.size() == 0);
              });
      String line =
          "{\"type\":\"CreateTicket\",\"ticket\":{\"title\":\"t\",\"tags\":[\"fanout\"]}}\n";
      alice.reading(line.repeat(EVENTS), "batch").exits(0);
      for (int i = 0; i < WATCHERS; i++) {
        watches.get(i).get().exits(0);
        List<Long> revisions =
            watched.get(i).toString(StandardCharsets.UTF_8).lines().map(TlsTest::revision).toList();
        assertEquals(EVENTS, revisions.size());
        assertEquals(revisions.stream().sorted().distinct().toList(), revisions);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static long revision(String event) {
    return Long.parseLong(event.replaceAll("(?s).*?\"revision\":([0-9]+).*", "$1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "create --title x --timeout 30s", "watch"})
  void whoIsNotTrustedGetsNoToken(String line) {
    alice
        .with("BILLETS_CA_FILE", "")
        .does(line)
        .fails(4, "no token was sent", "issued by no authority", "--ca-file");
    alice
        .with("BILLETS_SERVER", server.url().replace("127.0.0.1", "localhost"))
        .does(line)
        .fails(4, "no token was sent", "'localhost'");
    alice
        .with("BILLETS_CA_FILE", "/no/such/file")
        .does(line)
        .fails(4, "/no/such/file", "--ca-file");
  }

  @Test
  void thePlainWayLeadsNowhere() {
    String plain = server.url().replace("wss:", "ws:");
    int code = alice.with("BILLETS_SERVER", plain).does("list --timeout 5s").exit();
    assertTrue(code == 8 || code == 1, "" + code);
    alice.does("list --ca-file " + certificates.authority()).exits(0);
  }

  /** A handshake of TLS has five seconds, like all that precedes a session. */
  @Test
  void aHandshakeThatIsNotFinished() throws IOException {
    long begin = System.nanoTime();
    try (Socket silent = new Socket("127.0.0.1", server.port());
        Socket half = new Socket("127.0.0.1", server.port())) {
      // A record is announced that does not come.
      half.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
      for (Socket one : List.of(silent, half)) {
        one.setSoTimeout(60_000);
        assertTrue(isEnded(one));
      }
    }
    long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin);
    assertTrue(took < 15, took + " s");
    alice.does("list").exits(0);
  }

  private static boolean isEnded(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException e) {
      return e.getMessage().contains("reset");
    }
  }

  /** Another program than Java: the versions, and HTTP. */
  @ParameterizedTest
  @CsvSource({"-tls1_2, true", "-tls1_3, true", "-tls1_1, false"})
  void versions(String version, boolean served) {
    String path = RequiredTools.find("openssl", "openssl").toString();
    String script =
        "printf 'GET /healthz HTTP/1.1\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n\\r\\n' | "
            + path
            + " s_client -quiet -verify_return_error -CAfile "
            + certificates.authority()
            + " "
            + version
            + " -cipher DEFAULT@SECLEVEL=0 -connect 127.0.0.1:"
            + server.port();
    ProcessOutcome outcome = Running.run(folder, Map.of(), List.of("sh", "-c", script));
    assertEquals(served, outcome.out().contains("HTTP/1.1 200"), outcome::toString);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CERT   | none     | There is no file",
        "CERT   | LOOSE    | chmod 600",
        "CERT   | OTHERKEY | is not that of the first certificate",
        "KEY    | KEY      | PEM",
        "CERT   | -        | give both",
      })
  void anIdentityThatCannotBeUsed(String certificate, String key, String says) throws Exception {
    Path other = folder.resolve("tls/other.key");
    certificates.writeKey("ca", other);
    Path loose =
        Files.copy(
            certificates.key(),
            folder.resolve("tls/loose.key"),
            StandardCopyOption.REPLACE_EXISTING);
    Files.setPosixFilePermissions(loose, PosixFilePermissions.fromString("rw-r--r--"));
    Map<String, String> files =
        Map.of(
            "CERT", "" + good,
            "KEY", "" + certificates.key(),
            "OTHERKEY", "" + other,
            "LOOSE", "" + loose,
            "none", "/no/such/file");
    List<String> words = new ArrayList<>(List.of("--port", "0", "--ephemeral", "--data"));
    words.addAll(List.of(folder.resolve("refused") + "", "--tls-cert", files.get(certificate)));
    if (!key.equals("-")) {
      words.addAll(List.of("--tls-key", files.get(key)));
    }
    ServerProcess.refused(folder, words.toArray(String[]::new))
        .fails(key.equals("-") ? 2 : 1, says);
  }

  /** A new certificate counts for new connections; a bad file changes nothing. */
  @Test
  @Order(Integer.MAX_VALUE)
  void aReloadKeepsTheSessions() throws Exception {
    try (Running watch = alice.start("watch --count 1000 -o jsonl")) {
      seesAChange(watch);
      Files.writeString(served, "no certificate");
      reload("stays the present one");
      alice.does("list").exits(0);
      Path expired = certificates.issue("expired.pem", "-startdate", "-10d", "-validity", "5");
      Files.copy(expired, served, StandardCopyOption.REPLACE_EXISTING);
      reload("expired on");
      alice.does("list").fails(4, "no token was sent", "has expired");
      alice.does("watch").fails(4, "no token was sent", "has expired");
      // Named as trusted itself, as a certificate without an authority is.
      alice
          .with("BILLETS_CA_FILE", "" + expired)
          .does("list")
          .fails(4, "no token was sent", "is valid now");
      Files.copy(certificates.issue("new.pem"), served, StandardCopyOption.REPLACE_EXISTING);
      reload("Read the certificate again");
      seesAChange(watch);
      assertEquals("", watch.err());
    }
    assertEquals(0, server.stop());
  }

  private static void reload(String said) {
    long before = server.err().lines().filter(line -> line.contains(said)).count();
    server.signal("HUP");
    await("a reload")
        .atMost(LONG)
        .until(() -> server.err().lines().filter(line -> line.contains(said)).count() > before);
  }

  private static void seesAChange(Running watch) {
    long before = watch.printed();
    await("an event")
        .atMost(LONG)
        .until(
            () -> {
              alice.does("create --title change").succeeds();
              return watch.printed() > before;
            });
  }
}

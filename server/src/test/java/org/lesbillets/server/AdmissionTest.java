package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.session.Authenticator;
import org.lesbillets.server.session.SessionOrigin;
import org.lesbillets.server.websocket.EdgeLimits;

/** Connections without a session: their number, their time, and what they are answered. */
class AdmissionTest {
  private static final String UPGRADE = "Upgrade: websocket~Connection: Upgrade~";
  private static final String VERSION = "Sec-WebSocket-Version: 13~";
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~";
  private static final String TOKEN = "Authorization: Bearer alice~";
  private static final String HOST = "Host: localhost~";

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inMemory();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The head of the answer; ~ ends a line, and the request ends with an empty one. */
  private String ask(String request) throws IOException {
    try (RawClient client = new RawClient(server.port(), 0)) {
      return client.ask(request.replace("~", "\r\n") + "\r\n");
    }
  }

  private static void assertStatus(int status, String head) {
    assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
    assertNothingTold(head);
  }

  private static void assertNothingTold(String answer) {
    String lower = answer.toLowerCase(Locale.ROOT);
    for (String secret :
        new String[] {"server:", "grizzly", "tyrus", "billets-server", "exception", "<html"}) {
      assertFalse(lower.contains(secret), answer);
    }
    assertFalse(answer.contains(ServerVersion.version()), answer);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: evil.example:7420",
        "Host: localhost.evil.example",
        "Host: evil-localhost",
        "Host: localhost.",
        "Host: localhost:7420:80",
        "Host: localhost:port",
        "Host: localhost@evil.example",
        "Host: user@localhost",
        "Host: localhost/evil.example",
        "Host: 127.0.0.1.evil.example",
        "Host: 127.1",
        "Host: 2130706433",
        "Host: 0x7f.0.0.1",
        "Host: 0177.0.0.1",
        "Host: 0.0.0.0",
        "Host: 10.0.0.1",
        "Host: [::2]",
        "Host: [::1",
        "Host: ::1",
        "Host: [::1]evil",
        "Host: *",
        "Host: local host",
        "Host:",
        "Host: jumpbox.example.evil.example",
        "Host: localhost~Origin: https://evil.example",
        "Host: localhost~Origin: http://localhost:7420",
        "Host: localhost~Origin: http://127.0.0.1",
        "Host: localhost~Origin: null",
        "Host: localhost~Origin:",
        "Host: localhost~Origin: https://desk.example.evil.example",
        "Host: localhost~Origin: https://desk.example:8443",
        "Host: localhost~Origin: http://desk.example",
        "Host: localhost~Origin: https://desk.example/",
        "Host: localhost~Origin: HTTPS://DESK.EXAMPLE",
        "Host: localhost~Origin: https://desk.example https://evil.example",
        "Host: localhost~Origin: file://",
        "Host: localhost~Origin: *",
      })
  void foreignHostsAndOriginsAreRefused(String headers) throws IOException {
    String head = ask("GET /tickets HTTP/1.1~" + headers + "~" + UPGRADE + VERSION + KEY + TOKEN);
    assertStatus(403, head);
    assertEquals(0, server.server().sessions());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/healthz", "/readyz", "/tickets", "/nothing"})
  void aForeignHostIsRefusedOnEveryPath(String path) throws IOException {
    assertStatus(403, ask("GET " + path + " HTTP/1.1~Host: evil.example~"));
    assertStatus(403, ask("GET http://evil.example" + path + " HTTP/1.1~Host: localhost~"));
    assertStatus(403, ask("GET " + path + " HTTP/1.0~Host: evil.example~"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LocalHost:1",
        "localhost:7420",
        "127.0.0.1",
        "127.0.0.1:65535",
        "127.8.9.10:7420",
        "[::1]",
        "[::1]:7420",
        "[0:0:0:0:0:0:0:1]",
        "jumpbox.example",
        "JUMPBOX.example:443",
      })
  void ownNamesAreAnswered(String host) throws IOException {
    assertStatus(200, ask("GET /healthz HTTP/1.1~Host: " + host + "~"));
    assertStatus(
        101, ask("GET /tickets HTTP/1.1~Host: " + host + "~" + UPGRADE + VERSION + KEY + TOKEN));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "POST /tickets HTTP/1.1    | H U V K T                          | 405",
        "PUT /tickets HTTP/1.1     | H U V K T                          | 405",
        "OPTIONS /tickets HTTP/1.1 | H U V K T                          | 405",
        "BREW /tickets HTTP/1.1    | H U V K T                          | 405",
        "POST /tickets HTTP/1.1    | H T                                | 405",
        "HEAD /tickets HTTP/1.1    | H T                                | 405",
        "GET /tickets HTTP/1.1     | H T                                | 426",
        "GET /tickets HTTP/1.0     | H U V K T                          | 400",
        "GET /tickets HTTP/1.1     | U V K T                            | 400",
        "GET /tickets HTTP/2.0     | H U V K T                          | 505",
        "GET /tickets HTTP/1.1     | H U V T                            | 400",
        "GET /tickets HTTP/1.1     | H U K T                            | 400",
        "GET /tickets HTTP/1.1     | H U V T Sec-WebSocket-Key:_        | 400",
        "GET /tickets HTTP/1.1     | H U V T Sec-WebSocket-Key:_abc     | 400",
        "GET /tickets HTTP/1.1     | H U V T Sec-WebSocket-Key:_dGhlIHNhbXBsZSBub25jZQ= | 400",
        "GET /tickets HTTP/1.1     | H U V T Sec-WebSocket-Key:_!!!!IHNhbXBsZSBub25jZQ== | 400",
        "GET /tickets HTTP/1.1     | H U V K K T                        | 400",
        "GET /tickets HTTP/1.1     | H U V V K T                        | 400",
        "GET /tickets HTTP/1.1     | H H U V K T                        | 400",
        "GET /tickets HTTP/1.1     | H U V K T T                        | 400",
        "GET /tickets HTTP/1.1     | H U K T Sec-WebSocket-Version:_12  | 426",
        "GET /tickets HTTP/1.1     | H U K T Sec-WebSocket-Version:_14  | 426",
        "GET /tickets HTTP/1.1     | H U K T Sec-WebSocket-Version:_13, | 400",
        "GET /tickets HTTP/1.1     | H U K T Sec-WebSocket-Version:_x   | 400",
        "GET /tickets HTTP/1.1     | H V K T Upgrade:_websocket         | 400",
        "GET /tickets HTTP/1.1     | H V K T Upgrade:_h2c Connection:_Upgrade | 426",
        "GET /tickets HTTP/1.1     | H U V K T Content-Length:_5        | 400",
        "GET /tickets HTTP/1.1     | H U V K T Transfer-Encoding:_chunked | 400",
        "GET /tickets/ HTTP/1.1    | H U V K T                          | 404",
        "GET /Tickets HTTP/1.1     | H U V K T                          | 404",
        "GET /tickets HTTP/1.1     | H U V K                            | 401",
        "GET /tickets HTTP/1.1     | H V K T Upgrade:_WebSocket Connection:_keep-alive,Upgrade |"
            + " 101",
      })
  void handshakesAreStrict(String line, String headers, int status) throws IOException {
    StringBuilder request = new StringBuilder(line).append('~');
    for (String header : headers.split(" ")) {
      request.append(
          switch (header) {
            case "H" -> HOST;
            case "U" -> UPGRADE;
            case "V" -> VERSION;
            case "K" -> KEY;
            case "T" -> TOKEN;
            default -> header.replace('_', ' ') + "~";
          });
    }
    String head = ask(request.toString());
    assertStatus(status, head);
    assertEquals(status == 405, head.contains("Allow: GET"), head);
    assertEquals(
        head.contains("426") && headers.contains("Version:_"),
        head.contains("Sec-WebSocket-Version: 13"),
        head);
  }

  @Test
  void framesBeforeTheAnswerAreRefused() throws IOException {
    String handshake = "GET /tickets HTTP/1.1~" + HOST + UPGRADE + VERSION + KEY + TOKEN;
    try (RawClient client = new RawClient(server.port(), 0)) {
      assertStatus(400, client.ask(handshake.replace("~", "\r\n") + "\r\n\u0001\u0000"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "POST /healthz, 405",
    "DELETE /readyz, 405",
    "OPTIONS /, 405",
    "TRACE /, 405",
    "CONNECT /, 405",
    "GET /healthz, 200",
    "HEAD /readyz, 200",
  })
  void healthChecksAreReadOnly(String request, int status) throws IOException {
    String head = ask(request + " HTTP/1.1~" + HOST);
    assertStatus(status, head);
    assertEquals(status == 405, head.contains("Allow: GET, HEAD"), head);
  }

  @Test
  void probesMayUseHttp10WithoutAHost() throws IOException {
    assertStatus(200, ask("GET /healthz HTTP/1.0~"));
  }

  @Test
  void onlyAnAdminIsToldTheVersion() throws Exception {
    for (String path : new String[] {"/", "/nothing", "/tickets", "/healthz"}) {
      assertNothingTold(server.get(path).body());
    }
    assertFalse(server.get("/").body().contains("/healthz"));
    String token = "Authorization: Bearer %s~";
    assertNothingTold(body("GET / HTTP/1.1~" + HOST + token.formatted("reader-rita")));
    String all = body("GET / HTTP/1.1~" + HOST + token.formatted("admin-ada"));
    assertTrue(all.contains(ServerVersion.nameAndVersion()) && all.contains("/readyz"), all);
    assertStatus(401, ask("GET / HTTP/1.1~" + HOST + token.formatted("no:one")));
  }

  private String body(String request) throws IOException {
    try (RawClient client = new RawClient(server.port(), 0)) {
      client.ask(request.replace("~", "\r\n") + "\r\n");
      return client.rest();
    }
  }

  @Test
  void aConnectionGetsOneAnswer() throws IOException {
    try (RawClient client = new RawClient(server.port(), 0)) {
      String get = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
      assertTrue(client.ask(get + get).contains("Connection: close"));
      assertEquals("ok\n", client.rest());
    }
  }

  @Test
  void connectionsWithoutASessionAreBoundedAndClientsStillComeIn() throws IOException {
    List<RawClient> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 300; i++) {
        idle.add(new RawClient(server.port(), 0));
        if (i % 50 == 0) {
          RawClient.upgraded(server.port(), 0).close();
        }
      }
      await().until(() -> idle.stream().filter(client -> !client.hasEnded()).count() <= 64);
      RawClient.upgraded(server.port(), 0).close();
    } finally {
      for (RawClient client : idle) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "G", "GET / HTTP/1.1\r\nHost: localhost\r\nX: y\r\n"})
  void neitherTricklingNorRequestsExtendTheTime(String beginning) throws Exception {
    EdgeLimits impatient = TestServer.edge(Duration.ofMillis(600));
    try (TestServer strict = TestServer.with(impatient);
        RawClient client = new RawClient(strict.port(), 0)) {
      client.say(beginning);
      long begun = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(50))
          .until(
              () -> {
                client.trickle("X");
                return client.hasEnded();
              });
      assertTrue(System.nanoTime() - begun > Duration.ofMillis(300).toNanos());
    }
  }

  @Test
  void noneIsAdmittedWhileTokensCannotBeChecked() throws Exception {
    AtomicReference<String> trouble = new AtomicReference<>();
    SessionOrigin ada = new SessionOrigin(new AgentName("ada"), Role.ADMIN, () -> true);
    Authenticator tokens =
        new Authenticator() {
          @Override
          public Optional<SessionOrigin> identify(String token) {
            return Optional.of(ada);
          }

          @Override
          public Optional<String> trouble() {
            return Optional.ofNullable(trouble.get());
          }
        };
    try (TestServer strict = new TestServer(new MemoryJournal(), TestServer.config(), tokens)) {
      RawClient.upgraded(strict.port(), 0).close();
      trouble.set("The file /srv/the data/tokens and unused/tokens cannot be read (EIO).");
      try (RawClient client = new RawClient(strict.port(), 0)) {
        String head = client.ask(RawClient.handshake("/tickets", "Authorization: Bearer a\r\n"));
        assertStatus(503, head);
        assertTrue(head.contains("Retry-After: 1"), head);
      }
      HttpResponse<String> ready = strict.get("/readyz");
      assertEquals(503, ready.statusCode());
      assertEquals("not ready\n", ready.body());
      assertEquals(200, strict.get("/healthz").statusCode());
      trouble.set(null);
      assertEquals(200, strict.get("/readyz").statusCode());
    }
  }

  @Test
  void wrongTokensAreRefusedCheaplyAndKnownOnesAreNotDelayed() throws IOException {
    int refusedCheaply = 0;
    for (int i = 0; i < 100; i++) {
      String head = handshake("Authorization: Bearer no:" + i + "\r\n");
      if (head.startsWith("HTTP/1.1 429 ")) {
        assertTrue(head.contains("Retry-After: 1"), head);
        refusedCheaply++;
      } else {
        assertStatus(401, head);
      }
      if (i % 20 == 0) {
        RawClient.upgraded(server.port(), 0).close();
      }
    }
    assertTrue(refusedCheaply >= 30, refusedCheaply + " of 100");
    assertStatus(401, handshake(""));
  }

  private String handshake(String headers) throws IOException {
    try (RawClient client = new RawClient(server.port(), 0)) {
      return client.ask(RawClient.handshake("/tickets", headers));
    }
  }

  @Test
  void aTokenHasNoMoreThanItsSessionsAndOthersHaveTheirs() throws IOException {
    ServerLimits two = ServerLimits.DEFAULT.withSessions(100, 2);
    try (TestServer few = TestServer.with(new MemoryJournal(), two);
        WireClient first = few.join("alice")) {
      try (WireClient second = few.join("alice");
          WireClient another = few.join("bob")) {
        assertEquals(0, second.waiting() + another.waiting());
        String refusal = askAsAlice(few);
        assertTrue(refusal.startsWith("HTTP/1.1 429 "), refusal);
        assertTrue(refusal.contains("Retry-After: 1"), refusal);
      }
      await().until(() -> few.server().sessions() == 1);
      assertTrue(askAsAlice(few).startsWith("HTTP/1.1 101 "));
      assertEquals(0, first.waiting());
    }
  }

  private static String askAsAlice(TestServer server) throws IOException {
    try (RawClient client = new RawClient(server.port(), 0)) {
      return client.ask(RawClient.handshake("/tickets", "Authorization: Bearer alice\r\n"));
    }
  }
}

package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.session.Frame;
import org.lesbillets.server.session.SessionLimits;
import org.lesbillets.server.websocket.EdgeLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** What comes in that should not, and what the edge answers. */
class EdgeTest {
  private static final String PING = "{\"type\":\"Ping\",\"requestId\":\"ok\"}";

  /** Too impatient for a handshake on a busy machine: for who never finishes one. */
  private static final EdgeLimits IMPATIENT = TestServer.edge(Duration.ofMillis(300));

  private final MemoryJournal journal = new MemoryJournal();
  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.with(journal, 1024 * 1024, SessionLimits.DEFAULT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private RawClient upgraded() throws IOException {
    RawClient client = RawClient.upgraded(server.port(), 0);
    assertTrue(client.next().text().startsWith("{\"type\":\"Welcome\""));
    return client;
  }

  private static void assertAlive(RawClient client) throws IOException {
    assertTrue(client.sendText(PING).next().text().contains("\"Pong\",\"requestId\":\"ok\""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "hello                                          | INVALID      | null",
        "[1,2]                                          | INVALID      | null",
        "7                                              | INVALID      | null",
        "{'type':'Ping'}                                | INVALID      | null",
        "{'type':'Ping','requestId':7}                  | INVALID      | null",
        "{'type':'LockTicket','requestId':'r'}          | INVALID      | 'r'",
        "{'type':'LockTicket','requestId':'r','ticket':{}} | INVALID   | 'r'",
        "{'type':'Fly','requestId':'r'}                 | UNKNOWN_TYPE | 'r'",
        "{'requestId':'r'}                              | INVALID      | 'r'",
        "{'type':'GetTickets','requestId':'r','query':'status:'} | INVALID | 'r'",
        "{'type':'GetTicket','requestId':'r','ticket':99}| NOT_FOUND   | 'r'",
        "{'type':'Backup','requestId':'r','path':'x'}   | INVALID      | 'r'",
        "{'type':'Ping','requestId':'r'                 | INVALID      | 'r'",
      })
  void whatIsNoRequestIsAnsweredAndTheConnectionStays(String json, String code, String requestId)
      throws IOException {
    try (RawClient client = upgraded()) {
      String answer = client.sendText(json.replace('\'', '"')).next().text();
      assertTrue(answer.startsWith("{\"type\":\"Rejected\""), answer);
      assertTrue(answer.contains("\"code\":\"" + code + "\""), answer);
      assertTrue(answer.contains("\"requestId\":" + requestId.replace('\'', '"')), answer);
      assertAlive(client);
    }
  }

  private RawClient calling(String token, String client) throws IOException {
    RawClient raw = new RawClient(server.port(), 0);
    String headers = "Authorization: Bearer " + token + "\r\nBillets-Client: " + client + "\r\n";
    String head = raw.ask(RawClient.handshake("/tickets", headers));
    assertTrue(head.startsWith("HTTP/1.1 101 "), head);
    assertTrue(raw.next().text().startsWith("{\"type\":\"Welcome\""));
    return raw;
  }

  /** The server may read them in another order than they were begun. */
  @Test
  void aLateHandshakeDoesNotTakeThePlaceOfALaterConnection() throws IOException {
    String client = "5b0f4d0a-1f4e-4b7a-8f3e-3d1f0d3b7c13";
    try (RawClient second = calling("alice", client + "\r\nBillets-Connection: 2");
        RawClient first = calling("alice", client + "\r\nBillets-Connection: 1")) {
      assertEquals(-1, first.closeCode());
      assertAlive(second);
      try (RawClient third = calling("alice", client + "\r\nBillets-Connection: 3")) {
        assertEquals(-1, second.closeCode());
        assertAlive(third);
      }
    }
  }

  @Test
  void aConnectionTakesThePlaceOfTheOneBeforeOfItsClient() throws IOException {
    String client = "5b0f4d0a-1f4e-4b7a-8f3e-3d1f0d3b7c11";
    try (RawClient first = calling("alice", client);
        RawClient another = calling("alice", "5b0f4d0a-1f4e-4b7a-8f3e-3d1f0d3b7c12");
        RawClient ofBob = calling("bob", client);
        RawClient second = calling("alice", client)) {
      assertEquals(-1, first.closeCode());
      assertAlive(another);
      assertAlive(ofBob);
      assertAlive(second);
    }
  }

  @Test
  void whoSendsTooFastIsBusyAndStaysConnected() throws IOException {
    SessionLimits slow =
        new SessionLimits(
            SessionLimits.AnswerLimits.DEFAULT,
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofSeconds(25),
            256,
            20,
            Duration.ofSeconds(5));
    try (TestServer server = TestServer.with(new MemoryJournal(), 1024 * 1024, slow);
        WireClient alice = server.join("alice")) {
      for (int i = 0; i < 200; i++) {
        alice.send(new ClientMessage.Ping("p" + i));
      }
      int busy = 0;
      for (int i = 0; i < 200; i++) {
        if (alice.next() instanceof ServerMessage.Rejected rejected) {
          busy++;
          assertEquals(RejectionCode.BUSY, rejected.code());
          assertEquals(Duration.ofMillis(100), rejected.details().retryAfter());
        }
      }
      assertTrue(busy > 100, busy + " refused");
      await()
          .until(
              () ->
                  alice.send(new ClientMessage.Ping("p")).answer("p")
                      instanceof ServerMessage.Pong);
    }
  }

  @Test
  void theRequestAfter256UnansweredOnesIsBusyAndTheOthersAreAnswered() throws IOException {
    HeldJournal held = new HeldJournal();
    try (TestServer slow = TestServer.with(held.journal(), 1024 * 1024, SessionLimits.DEFAULT);
        WireClient alice = slow.join("alice")) {
      for (int i = 1; i <= 257; i++) {
        alice.send(Samples.create("c" + i, "Ticket " + i));
      }
      ServerMessage.Rejected busy = alice.next(ServerMessage.Rejected.class);
      assertEquals(RejectionCode.BUSY, busy.code());
      assertEquals("c257", busy.requestId());
      held.release();
      Set<String> answered = new HashSet<>();
      for (int i = 1; i <= 256; i++) {
        answered.add(alice.next(ServerMessage.EventMessage.class).requestId());
      }
      assertEquals(256, answered.size());
      alice.send(Samples.create("again", "Ticket"));
      assertEquals("again", alice.next(ServerMessage.EventMessage.class).requestId());
    }
  }

  @Test
  void aBinaryMessageIsAnsweredAndTheConnectionStays() throws IOException {
    try (RawClient client = upgraded()) {
      String answer = client.send(RawClient.FIN_BINARY, new byte[] {1, 2}).next().text();
      assertTrue(answer.contains("\"INVALID\"") && answer.contains("binary"), answer);
      assertAlive(client);
    }
  }

  @Test
  void aMessageInFragmentsIsOneMessage() throws IOException {
    try (RawClient client = upgraded()) {
      client.send(RawClient.TEXT_BEGINS, "{\"type\":\"Ping\",".getBytes(StandardCharsets.UTF_8));
      client.send(RawClient.FIN_PING, new byte[] {7});
      assertEquals(Frame.PONG, client.next().opcode());
      client.send(RawClient.FIN_CONTINUES, "\"requestId\":\"f\"}".getBytes(StandardCharsets.UTF_8));
      assertTrue(client.next().text().contains("\"f\""));
    }
  }

  @Test
  void malformedUtf8Closes1007() throws IOException {
    try (RawClient client = upgraded()) {
      client.send(RawClient.FIN_TEXT, new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'});
      assertEquals(1007, client.closeCode());
    }
  }

  @Test
  void aFrameTooLargeCloses1009AndDoesNotWaitForItsEnd() throws IOException {
    try (RawClient client = upgraded()) {
      client.send(RawClient.FIN_TEXT, new byte[600 * 1024]);
      assertEquals(1009, client.closeCode());
    }
    try (RawClient client = upgraded()) {
      client.announce(RawClient.FIN_TEXT, 1L << 40);
      assertEquals(1009, client.closeCode());
    }
  }

  @Test
  void fragmentsThatAreTooMuchTogetherClose1009() throws IOException {
    try (RawClient client = upgraded()) {
      client.send(RawClient.TEXT_BEGINS, new byte[300 * 1024]);
      client.send(RawClient.FIN_CONTINUES, new byte[300 * 1024]);
      assertEquals(1009, client.closeCode());
    }
  }

  @Test
  void aMessageTooLargeIsAnsweredAndTheConnectionStays() throws IOException {
    try (RawClient client = upgraded()) {
      String large =
          PING.replace("ok", "big").replace("}", ",\"x\":\"" + "y".repeat(262_200)) + "\"}";
      String answer = client.sendText(large).next().text();
      assertTrue(answer.contains("\"TOO_LARGE\""), answer);
      assertTrue(answer.contains("\"limit\":262144"), answer);
      assertAlive(client);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/tickets  | ''                                                         | 401",
        "/tickets  | Authorization: Bearer no one                               | 401",
        "/tickets  | Authorization: Basic YWxpY2U6                              | 401",
        "/tickets  | Authorization: Bearer alice~Origin: https://evil.example   | 403",
        "/tickets  | Authorization: Bearer alice~Origin: null                   | 403",
        "/tickets  | Authorization: Bearer alice~Origin: https://desk.example   | 101",
        "/tickets/ | Authorization: Bearer alice                                | 404",
        "/else     | Authorization: Bearer alice                                | 404",
      })
  void theDoorIsKept(String path, String headers, int status) throws IOException {
    try (RawClient client = new RawClient(server.port(), 0)) {
      String lines = headers.isEmpty() ? "" : headers.replace("~", "\r\n") + "\r\n";
      String head = client.ask(RawClient.handshake(path, lines));
      assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
      assertEquals(status == 401, head.contains("WWW-Authenticate: Bearer"), head);
    }
  }

  @ParameterizedTest
  @CsvSource({"GET /tickets HTTP/1.1~Host: lo", "''", "nonsense"})
  void whoNeverFinishesAskingIsCut(String beginning) throws IOException {
    try (TestServer impatient = TestServer.with(IMPATIENT);
        RawClient client = new RawClient(impatient.port(), 0)) {
      client.say(beginning.replace("~", "\r\n"));
      assertTrue(client.isEnded());
    }
  }

  @Test
  void aFloodOfBadHandshakesDoesNotFloodTheLog() throws IOException {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    ListAppender<ILoggingEvent> logged = new ListAppender<>();
    ch.qos.logback.classic.Logger root =
        (ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    PrintStream stderr = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    logged.start();
    root.addAppender(logged);
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      for (String path : List.of("/%zz", "/{", "/tickets%00", "*")) {
        badHandshakes(path);
      }
    } finally {
      System.setErr(stderr);
      root.detachAppender(logged);
      SLF4JBridgeHandler.uninstall();
    }
    assertTrue(printed.toString(StandardCharsets.UTF_8).lines().count() <= 1, printed.toString());
    assertTrue(logged.list.size() <= 1, () -> logged.list.toString());
    assertEquals(0, server.server().sessions());
  }

  private void badHandshakes(String path) throws IOException {
    for (int i = 0; i < 20; i++) {
      try (RawClient client = new RawClient(server.port(), 0)) {
        String head = client.ask(RawClient.handshake(path, "Authorization: Bearer alice\r\n"));
        assertTrue(head.isEmpty() || head.startsWith("HTTP/1.1 4"), path + ": " + head);
      }
    }
  }

  @Test
  void aCloseIsAnsweredAndTheSessionForgotten() throws IOException {
    try (WireClient client = server.connect("alice")) {
      client.next();
      assertEquals(1, server.server().sessions());
      assertEquals(1000, client.sendClose(1000, "bye").closeCode());
      await().until(() -> server.server().sessions() == 0);
    }
  }

  @Test
  void aClientThatVanishesIsForgotten() throws IOException {
    RawClient client = upgraded();
    await().until(() -> server.server().sessions() == 1);
    client.close();
    await().until(() -> server.server().sessions() == 0);
  }

  @Test
  void whoPingsAndNeverReadsIsCut() throws IOException {
    try (RawClient client = RawClient.upgraded(server.port(), 4_096)) {
      byte[] ping = new byte[125];
      await().until(() -> server.server().sessions() == 1);
      try {
        for (int i = 0; i < 2_000_000 && server.server().sessions() > 0; i++) {
          client.send(RawClient.FIN_PING, ping);
        }
      } catch (IOException e) {
        // The connection was cut while it wrote.
      }
      await().until(() -> server.server().sessions() == 0);
    }
  }
}

package org.lesbillets.cli.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.transport.CloseCode;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.Answer;

/** What a person is told when a connection does not come about, or ends. */
@ParameterizedClass
@EnumSource(names = {"BRIEF", "LASTING"})
final class ConnectionFailureTest {
  @Parameter ConnectionKind line;

  private static final Duration SHORT = Duration.ofMillis(150);

  @ParameterizedTest
  @CsvSource({
    "401 Unauthorized,        UNAUTHORIZED, BILLETS_TOKEN",
    "403 Forbidden,           FORBIDDEN,    administrator",
    "404 Not Found,           PROTOCOL,     404",
    "200 OK,                  PROTOCOL,     200",
    "302 Found,               PROTOCOL,     302",
    "429 Too Many Requests,   UNREACHABLE,  try again",
    "500 Internal Error,      UNREACHABLE,  500",
    "503 Service Unavailable, UNREACHABLE,  try again",
  })
  void aRefusedHandshake(String status, Kind kind, String says) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.refuse(status))) {
      says(kind, server, says, assertThrows(ConnectionException.class, () -> line.connect(server)));
    }
  }

  private static void says(
      Kind kind, ScriptedServer server, String part, ConnectionException failure) {
    assertEquals(kind, failure.kind(), failure.getMessage());
    assertTrue(failure.getMessage().contains(part), failure.getMessage());
    assertTrue(failure.getMessage().contains(server.address().toString()), failure.getMessage());
  }

  @Test
  void nobodyListens() throws IOException {
    ServerAddress address;
    try (ServerSocket free = new ServerSocket(0)) {
      address = ServerAddress.parseAll("127.0.0.1:" + free.getLocalPort()).get(0);
    }
    ClientSettings settings =
        new ClientSettings(List.of(address), () -> "", Duration.ofSeconds(20));
    ConnectionException e =
        assertThrows(
            ConnectionException.class,
            () -> TicketClient.connect(line.of(settings), PushListener.NONE));
    assertEquals(Kind.UNREACHABLE, e.kind());
    assertTrue(e.getMessage().contains("nobody listens"), e.getMessage());
  }

  @Test
  void aSilentHandshake() {
    try (ScriptedServer server = ScriptedServer.start(ScriptedPeer::request)) {
      ConnectionException e =
          assertThrows(
              ConnectionException.class,
              () -> TicketClient.connect(line.of(server.settings(SHORT)), PushListener.NONE));
      says(Kind.UNREACHABLE, server, "did not accept the connection", e);
    }
  }

  /** A handshake that is answered after nobody waits for it leaves no connection behind. */
  @Test
  void aHandshakeAnsweredTooLate() {
    CountDownLatch givenUp = new CountDownLatch(1);
    RecordingPushes pushes = new RecordingPushes();
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.request();
              givenUp.await();
              peer.accept();
            })) {
      assertThrows(
          ConnectionException.class,
          () -> TicketClient.connect(line.of(server.settings(SHORT)), pushes));
      givenUp.countDown();
      assertEquals(List.of(), pushes.notices());
    }
  }

  @Test
  void theNextServerIsTried() {
    try (ScriptedServer bad = ScriptedServer.start(peer -> peer.refuse("503 Busy"));
        ScriptedServer good = ScriptedServer.start(peer -> peer.welcome(5))) {
      ClientSettings settings = both(bad, good);
      try (TicketClient client = TicketClient.connect(line.of(settings), PushListener.NONE)) {
        assertEquals(good.address(), client.server());
        assertEquals(1, bad.connections());
      }
    }
  }

  @Test
  void allServersAreNamedWhenNoneAnswers() {
    try (ScriptedServer one = ScriptedServer.start(peer -> peer.refuse("503 Busy"));
        ScriptedServer two = ScriptedServer.start(peer -> peer.refuse("503 Busy"))) {
      ConnectionException e =
          assertThrows(
              ConnectionException.class,
              () -> TicketClient.connect(line.of(both(one, two)), PushListener.NONE));
      says(Kind.UNREACHABLE, one, "none of", e);
      says(Kind.UNREACHABLE, two, "none of", e);
    }
  }

  @Test
  void aRefusedTokenIsNotCarriedToTheNextServer() {
    try (ScriptedServer one = ScriptedServer.start(peer -> peer.refuse("401 Unauthorized"));
        ScriptedServer two = ScriptedServer.start(peer -> peer.welcome(5))) {
      ConnectionException e =
          assertThrows(
              ConnectionException.class,
              () -> TicketClient.connect(line.of(both(one, two)), PushListener.NONE));
      assertEquals(Kind.UNAUTHORIZED, e.kind());
      assertEquals(0, two.connections());
    }
  }

  private static ClientSettings both(ScriptedServer one, ScriptedServer two) {
    return new ClientSettings(
        List.of(one.address(), two.address()), () -> "", Duration.ofSeconds(20));
  }

  @Test
  void aTokenThatCannotBeReadEndsItBeforeAnyConnection() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      TokenSource unreadable =
          () -> {
            throw new ConnectionException(Kind.UNAUTHORIZED, "no token");
          };
      ClientSettings settings =
          new ClientSettings(List.of(server.address()), unreadable, Duration.ofSeconds(20));
      ConnectionException e =
          assertThrows(
              ConnectionException.class,
              () -> TicketClient.connect(line.of(settings), PushListener.NONE));
      assertEquals("no token", e.getMessage());
      assertEquals(0, server.connections());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"line\nbreak", "tab\t", "clé", " "})
  void aTokenThatCannotStandInAHeaderIsNotSent(String token) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      ClientSettings settings =
          new ClientSettings(List.of(server.address()), () -> token, Duration.ofSeconds(20));
      ConnectionException e =
          assertThrows(
              ConnectionException.class,
              () -> TicketClient.connect(line.of(settings), PushListener.NONE));
      assertEquals(Kind.UNAUTHORIZED, e.kind());
      assertFalse(!token.isBlank() && e.getMessage().contains(token), e.getMessage());
      assertEquals(0, server.connections());
    }
  }

  @Test
  void noWelcome() {
    try (ScriptedServer server = ScriptedServer.start(ScriptedPeer::accept);
        TicketClient client =
            TicketClient.connect(
                line.of(server.settings(Duration.ofSeconds(2))), PushListener.NONE)) {
      says(
          Kind.TIMEOUT,
          server,
          "did not answer",
          assertThrows(ConnectionException.class, client::welcome));
    }
  }

  @Test
  void noAnswerInTime() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5));
        TicketClient client = line.connect(server)) {
      ConnectionException e =
          assertThrows(
              ConnectionException.class, () -> client.ask(new ClientMessage.Ping("1"), SHORT));
      says(Kind.TIMEOUT, server, "150 ms", e);
      assertTrue(client.isOpen());
      client.send(new ClientMessage.Ping("1"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1012, '',        shutting down",
    "1000, '',        the server closed it",
    "1001, '',        the server closed it",
    "1009, '',        close code 1009",
    "1011, 'no room', no room",
    "0,    '',        it was cut",
  })
  void theConnectionEndsWhileAnAnswerIsOwed(int code, String reason, String says) {
    RecordingPushes pushes = new RecordingPushes();
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(5);
                  peer.read();
                  if (code == 0) {
                    peer.cut();
                  } else {
                    peer.close(code, reason);
                  }
                });
        TicketClient client = line.connect(server, pushes)) {
      ConnectionException e =
          assertThrows(ConnectionException.class, () -> client.ask(new ClientMessage.Ping("1")));
      says(Kind.LOST, server, says, e);
      await().until(() -> pushes.notices().size() == 1);
      assertEquals(code == 0 ? CloseCode.ABNORMAL : code, pushes.notices().get(0).code());
      ConnectionException later =
          assertThrows(ConnectionException.class, () -> client.ask(new ClientMessage.Ping("2")));
      assertEquals(Kind.LOST, later.kind());
    }
  }

  @Test
  void closingHereLosesWhatIsOwed() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      TicketClient client = line.connect(server);
      CompletableFuture<Answer> answer = client.send(new ClientMessage.Ping("1"));
      client.close();
      CompletionException e = assertThrows(CompletionException.class, answer::join);
      says(
          Kind.LOST,
          server,
          "closed here",
          assertInstanceOf(ConnectionException.class, e.getCause()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "[1,2]",
        "{\"type\":\"Pong\"}",
        "{\"type\":\"Rejected\",\"requestId\":null,\"code\":\"INVALID\",\"message\":\"no object\"}",
        "{\"type\":\"Welcome\",\"protocol\":2,\"server\":\"next\",\"journalId\":\"j\","
            + "\"revision\":1,\"agent\":\"alice\",\"role\":\"agent\",\"ephemeral\":false}",
      })
  void theServerSpeaksAnotherLanguage(String text) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.accept();
                  peer.read();
                  peer.send(text);
                });
        TicketClient client = line.connect(server)) {
      ConnectionException e =
          assertThrows(ConnectionException.class, () -> client.ask(new ClientMessage.Ping("1")));
      says(Kind.PROTOCOL, server, "do not understand each other", e);
      assertFalse(client.isOpen());
    }
  }

  @Test
  void aSilentPeerIsCut() {
    RecordingPushes pushes = new RecordingPushes();
    try (ScriptedServer server = ScriptedServer.start(welcoming(5, peer -> peer.ignorePings()))) {
      KeepAlive quick = new KeepAlive(Duration.ofMillis(20), SHORT);
      ClientSettings kept = server.settings().keepingAlive(quick);
      try (TicketClient client = TicketClient.connect(kept, pushes)) {
        ConnectionException e =
            assertThrows(ConnectionException.class, () -> client.ask(new ClientMessage.Ping("1")));
        says(Kind.LOST, server, "the server was silent for ", e);
        assertTrue(server.peer(0).pings() > 0);
        await().until(() -> pushes.notices().size() == 1);
      }
    }
  }

  @Test
  void anInterruptEndsTheWait() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5));
        TicketClient client = line.connect(server)) {
      Thread.currentThread().interrupt();
      ConnectionException e =
          assertThrows(ConnectionException.class, () -> client.ask(new ClientMessage.Ping("1")));
      assertTrue(Thread.interrupted());
      says(Kind.LOST, server, "interrupted", e);
    }
  }
}

package org.lesbillets.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.process.SystemUsers;
import org.lesbillets.model.message.ClientMessage;

/** Connections over a Unix domain socket, and what a person is told where there is none. */
class UnixAddressTest {
  @TempDir Path folder;

  private static final TokenSource UNREADABLE =
      () -> {
        throw new ConnectionException(Kind.UNAUTHORIZED, "no token");
      };

  private static ClientSettings settings(ServerAddress... servers) {
    return new ClientSettings(List.of(servers), UNREADABLE, Duration.ofSeconds(20));
  }

  private static ConnectionException failure(ServerAddress server) {
    return assertThrows(
        ConnectionException.class, () -> TicketClient.connect(settings(server), PushListener.NONE));
  }

  private ServerAddress socket() {
    return ServerAddress.ofSocket(folder.resolve("desk.sock").toString());
  }

  /** As a server leaves it that was killed. */
  private ServerAddress stale() throws IOException {
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket().socket()));
    }
    return socket();
  }

  private static void says(Kind kind, ServerAddress server, String part, ConnectionException e) {
    assertEquals(kind, e.kind(), e.getMessage());
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertTrue(e.getMessage().contains(server.toString()), e.getMessage());
  }

  @Test
  void noTokenIsAskedForOrSent() {
    try (ScriptedServer server =
            ScriptedServer.start(
                ScriptedServer.welcoming(
                    5, peer -> peer.send(SampleMessages.pong(peer.read(), 9))));
        TicketClient client =
            TicketClient.connect(settings(server.socketAddress()), PushListener.NONE)) {
      ClientMessage.Ping ping = new ClientMessage.Ping("1");
      assertEquals(SampleMessages.pong(ping, 9), client.ask(ping));
      assertFalse(client.server().isSecure());
      assertEquals(null, server.peer(0).header("authorization"));
      assertEquals("localhost", server.peer(0).header("host"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"unix", "delegate", "token", "''", "a word\u001b[2J"})
  void howOneIsKnown(String word) {
    try (ScriptedServer server =
            ScriptedServer.start(peer -> peer.accept("Billets-Known-By: " + word + "\r\n"));
        TicketClient client =
            TicketClient.connect(settings(server.socketAddress()), PushListener.NONE)) {
      assertEquals(word.matches("[a-z]+") ? word : null, client.knownBy());
    }
  }

  @Test
  void noSocket() {
    says(Kind.UNREACHABLE, socket(), "there is no such socket", failure(socket()));
  }

  @Test
  void nobodyListens() throws IOException {
    ServerAddress stale = stale();
    says(Kind.UNREACHABLE, stale, "nobody listens there", failure(stale));
  }

  @Test
  void aFileThatIsNoSocket() throws IOException {
    Files.writeString(folder.resolve("desk.sock"), "");
    says(Kind.UNREACHABLE, socket(), "nobody listens there", failure(socket()));
  }

  @Test
  void oneThatMayNotBeUsed() throws IOException {
    assumeTrue(SystemUsers.own() != SystemUsers.ROOT, "root may use every socket");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(socket().socket()));
      assertTrue(folder.resolve("desk.sock").toFile().setWritable(false));
      says(Kind.FORBIDDEN, socket(), "cannot be used by you", failure(socket()));
    }
  }

  /** A socket left behind does not hide the server behind the next address. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNextAddressIsTried(boolean lasting) throws IOException {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      ClientSettings both =
          new ClientSettings(
              List.of(stale(), server.address()), () -> "secret", Duration.ofSeconds(20));
      try (TicketClient client =
          TicketClient.connect(lasting ? both.keepingAlive() : both, PushListener.NONE)) {
        assertEquals(server.address(), client.server());
      }
    }
  }

  private static ServerAddress free() throws IOException {
    try (ServerSocket port = new ServerSocket(0)) {
      return ServerAddress.parseAll("127.0.0.1:" + port.getLocalPort()).get(0);
    }
  }

  private static ConnectionException failure(ServerAddress one, ServerAddress other) {
    ClientSettings both = new ClientSettings(List.of(one, other), () -> "", Duration.ofSeconds(20));
    return assertThrows(
        ConnectionException.class, () -> TicketClient.connect(both, PushListener.NONE));
  }

  @Test
  void aMissingOneIsNotWorthAWord() throws IOException {
    ServerAddress free = free();
    ConnectionException e = failure(socket(), free);
    assertTrue(e.getMessage().startsWith(free + " cannot be reached"), e.getMessage());
  }

  @Test
  void allAreNamedWhenNoneAnswers() throws IOException {
    ServerAddress free = free();
    ServerAddress stale = stale();
    ConnectionException e = failure(stale, free);
    says(Kind.UNREACHABLE, stale, "nobody listens", e);
    says(Kind.UNREACHABLE, free, "none of", e);
  }

  @Test
  void theServersOwnSentence() {
    String sentence = "'mallory' is in none of the groups that may use this desk.";
    try (ScriptedServer server =
        ScriptedServer.start(peer -> peer.refuse("403 Forbidden", sentence + "\u001b[2J\n"))) {
      ConnectionException e = failure(server.socketAddress());
      says(Kind.FORBIDDEN, server.socketAddress(), "does not let this client in: " + sentence, e);
      assertFalse(e.getMessage().contains("\u001b"), e.getMessage());
    }
  }
}

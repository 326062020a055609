package org.lesbillets.cli.client;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.transport.FrameSender;
import org.lesbillets.cli.client.transport.StrongRandom;
import org.lesbillets.cli.client.transport.WebSocketConnection;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;

/** What only the line for one answer has to take care of itself. */
class PlainSocketConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static ConnectionException failure(String uri) {
    ServerAddress server = new ServerAddress(URI.create(uri));
    ClientSettings settings = new ClientSettings(List.of(server), () -> "", PATIENCE);
    return assertThrows(
        ConnectionException.class, () -> TicketClient.connect(settings, PushListener.NONE));
  }

  @Test
  void aHostThatIsNone() {
    ConnectionException e = failure("ws://no-such-host.invalid:7420/tickets");
    assertEquals(Kind.UNREACHABLE, e.kind());
    assertTrue(e.getMessage().contains("there is no host 'no-such-host.invalid'"), e.getMessage());
  }

  /** Its name stands for several addresses on most machines, of which one listens. */
  @Test
  void everyAddressOfAHostIsTried() {
    try (ScriptedServer server =
        ScriptedServer.start(
            welcoming(5, peer -> peer.send(SampleMessages.pong(peer.read(), 9))))) {
      int port = server.address().uri().getPort();
      ServerAddress local = new ServerAddress(URI.create("ws://localhost:" + port + "/tickets"));
      ClientSettings settings = new ClientSettings(List.of(local), () -> "", PATIENCE);
      try (TicketClient client = TicketClient.connect(settings, PushListener.NONE)) {
        ClientMessage.Ping ping = new ClientMessage.Ping("1");
        assertEquals(SampleMessages.pong(ping, 9), client.ask(ping));
      }
    }
  }

  /** With TLS the first byte is that of a handshake record; a token must not stand before it. */
  @Test
  void whereThereIsTlsNothingGoesInTheClear() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> firstByte(socket));
      ConnectionException e = failure("wss://127.0.0.1:" + socket.getLocalPort() + "/tickets");
      assertEquals(Kind.UNREACHABLE, e.kind(), e.getMessage());
      assertEquals(22, first.get());
    }
  }

  private static int firstByte(ServerSocket socket) {
    try (Socket peer = socket.accept()) {
      return peer.getInputStream().read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'\u0081\u0080', 1002, a server masks nothing",
    "'\u0082\u0000', 1003, it sends no text",
    "'\u0001\u0000\u0081\u0000', 1002, a message begins in another",
  })
  void aPeerThatBreaksTheRulesIsToldAndLeft(String frame, int code, String why) {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.accept();
                  peer.read();
                  peer.rawBytes(frame.getBytes(StandardCharsets.ISO_8859_1));
                });
        TicketClient client = ConnectionKind.BRIEF.connect(server)) {
      ConnectionException e =
          assertThrows(ConnectionException.class, () -> client.ask(new ClientMessage.Ping("1")));
      assertEquals(Kind.LOST, e.kind());
      assertTrue(e.getMessage().contains("it broke the rules of WebSocket: " + why));
      await().until(() -> server.peer(0).closeCode() == code);
    }
  }

  /** A server that is stopped must not stop its clients, however much they have to say. */
  @Test
  void whoSendsNeverWaitsForAPeerThatDoesNotRead() {
    CountDownLatch over = new CountDownLatch(1);
    try (ScriptedServer server = ScriptedServer.start(welcoming(5, peer -> over.await()))) {
      TicketClient client = ConnectionKind.BRIEF.connect(server);
      String text = "x".repeat(200_000);
      for (int i = 0; i < 100; i++) {
        String id = client.nextRequestId();
        client.send(new ClientMessage.CommentTicket(id, new UUID(0, i), TicketRef.of(17), text));
      }
      assertTrue(client.isOpen());
      long before = System.nanoTime();
      client.close();
      assertTrue(System.nanoTime() - before < Duration.ofSeconds(10).toNanos());
      over.countDown();
    }
  }

  @Test
  void aSenderHoldsSoManyFramesAndNoMore() {
    CountDownLatch over = new CountDownLatch(1);
    AtomicReference<String> closed = new AtomicReference<>();
    FrameSender sender = new FrameSender(stuck(over), line(closed));
    byte[] frame = {1};
    int taken = 0;
    while (sender.send(frame)) {
      taken++;
      assertTrue(taken < 10_000);
    }
    // The one that is being written is not among those that wait.
    assertTrue(taken == 2_048 || taken == 2_049, "it took " + taken);
    over.countDown();
    await().until(() -> "1006 a message could not be sent".equals(closed.get()));
  }

  private static OutputStream stuck(CountDownLatch over) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        try {
          over.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        throw new IOException("broken");
      }
    };
  }

  private static WebSocketConnection line(AtomicReference<String> closed) {
    return new WebSocketConnection() {
      @Override
      public void send(String text) {}

      @Override
      public void ping() {}

      @Override
      public void close(int code, String reason) {
        closed.set(code + " " + reason);
      }
    };
  }

  @Test
  void uuidsAreRandomOnes() {
    UUID one = StrongRandom.uuid();
    assertEquals(4, one.version());
    assertEquals(2, one.variant());
    assertFalse(one.equals(StrongRandom.uuid()));
    assertEquals(16, StrongRandom.bytes(16).length);
  }

  @Test
  void keysBeginWithTheirTime() {
    long before = System.currentTimeMillis();
    UUID one = StrongRandom.key();
    long millis = one.getMostSignificantBits() >>> 16;
    assertTrue(millis >= before && millis <= System.currentTimeMillis(), one.toString());
    assertEquals(7, one.version());
    assertEquals(2, one.variant());
    assertNotEquals(one, StrongRandom.key());
  }
}

package org.lesbillets.server;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.message.ServerMessage;

/** Where the server listens, and how it stops. */
class ServerEndsTest {

  @Test
  void listensOnLoopbackAlone() throws Exception {
    try (TestServer server = TestServer.inMemory()) {
      List<InetAddress> others =
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLoopbackAddress())
              .toList();
      for (InetAddress address : (Iterable<InetAddress>) alsoTheSecond(others)::iterator) {
        assertThrows(IOException.class, () -> touch(address, server.port()), address.toString());
      }
      touch(InetAddress.getByName("127.0.0.1"), server.port());
    }
  }

  /** All of 127/8 is loopback, and a server on 0.0.0.0 would answer at its second address too. */
  private static Stream<InetAddress> alsoTheSecond(List<InetAddress> others) throws IOException {
    return Stream.concat(others.stream(), Stream.of(InetAddress.getByName("127.0.0.2")));
  }

  private static void touch(InetAddress address, int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1_000);
    }
  }

  @Test
  void closesWith1012AfterTheAnswersToWhatItTook() throws Exception {
    TestServer server = TestServer.inMemory();
    try (WireClient alice = server.connect("alice");
        WireClient bob = server.connect("bob");
        RawClient deaf = RawClient.upgraded(server.port(), 0)) {
      await().until(() -> server.server().sessions() == 3);
      bob.send(Samples.watch("w", null));
      bob.answer("w");
      for (int i = 0; i < 200; i++) {
        alice.send(Samples.create("c" + i, "Ticket " + i));
      }
      alice.answer("c0");
      // A watch that has yet to join is closed at once, and resumes elsewhere.
      await().until(() -> bob.waiting() > 0);
      long begun = System.nanoTime();
      server.close();
      assertTrue(NANOSECONDS.toMillis(System.nanoTime() - begun) < 5_000);
      assertEquals(1012, alice.closeCode());
      assertEquals(1012, bob.closeCode());
      assertEquals(1012, deaf.closeCode());
      long pushed = 0;
      for (ServerMessage m = bob.nextOrNull(); m != null; m = bob.nextOrNull()) {
        pushed = Samples.event(m).revision();
      }
      long answered = 1;
      for (ServerMessage m = alice.nextOrNull(); m != null; m = alice.nextOrNull()) {
        if (m instanceof ServerMessage.EventMessage event) {
          answered = event.event().revision();
        }
      }
      assertEquals(answered, pushed, "all that was answered was pushed");
    }
  }
}

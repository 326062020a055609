package org.lesbillets.cli.client.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.process.SystemUsers;

/** Whose listener may have a token, with real sockets. */
final class ListenerGuardTest {
  private static final LongPredicate ALL = uid -> true;
  private static final LongPredicate NONE = uid -> false;

  @BeforeAll
  static void onLinux() {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "only Linux tells whose a socket is");
  }

  @ParameterizedTest
  @CsvSource({
    "INET,  127.0.0.1, 127.0.0.1",
    "INET6, 127.0.0.1, 127.0.0.1",
    "INET,  0.0.0.0,   127.0.0.1",
    "INET,  0.0.0.0,   127.8.9.1",
    "INET6, ::,        127.0.0.1",
    "INET6, ::1,       ::1",
    "INET6, ::,        ::1",
  })
  void theListenerOfAnAddress(StandardProtocolFamily family, String bound, String asked)
      throws IOException {
    try (ServerSocketChannel listener = listening(family, bound)) {
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      ListeningSocket found = ListeningSocket.at(InetAddress.getByName(asked), port);
      assertEquals(SystemUsers.own(), found.uid());
      assertTrue(found.inode() > 0);
    }
  }

  private static ServerSocketChannel listening(StandardProtocolFamily family, String bound)
      throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open(family);
    try {
      return listener.bind(new InetSocketAddress(bound, 0));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(!bound.contains(":"), "this machine has no " + bound);
      throw e;
    }
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.2, 127.0.0.1", "::1, 127.0.0.1", "127.0.0.1, ::1"})
  void notThatOfAnother(String bound, String asked) throws IOException {
    StandardProtocolFamily family =
        bound.contains(":") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    try (ServerSocketChannel listener = listening(family, bound)) {
      int port = ((InetSocketAddress) listener.getLocalAddress()).getPort();
      assertNull(ListeningSocket.at(InetAddress.getByName(asked), port));
    }
  }

  /** The exact address wins, as in the kernel, over a wildcard of IPv6 that takes no IPv4. */
  @Test
  void manyListeners() throws IOException {
    List<ServerSocket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 40; i++) {
        open.add(new ServerSocket(0, 1, InetAddress.getByName("127.0.0." + (1 + i % 9))));
      }
      List<Long> inodes = new ArrayList<>();
      for (ServerSocket one : open) {
        inodes.add(ListeningSocket.at(one.getInetAddress(), one.getLocalPort()).inode());
      }
      assertEquals(open.size(), inodes.stream().distinct().count());
    } finally {
      for (ServerSocket one : open) {
        one.close();
      }
    }
  }

  private static ServerSocket loopback(int port) throws IOException {
    return new ServerSocket(port, 5, InetAddress.getByName("127.0.0.1"));
  }

  private static ListenerGuard guard(ServerSocket listener, String token, LongPredicate trust) {
    return guard("ws", listener, token, trust);
  }

  private static ListenerGuard guard(
      String scheme, ServerSocket listener, String token, LongPredicate trust) {
    return ListenerGuard.of(
        URI.create(scheme + "://127.0.0.1:" + listener.getLocalPort() + "/tickets"),
        new InetSocketAddress("127.0.0.1", listener.getLocalPort()),
        new ConnectionSecurity(token, trust, null));
  }

  /** A server that is killed between both look-ups is away, not a stranger. */
  @Test
  void aTrustedListenerThatEnds() throws IOException {
    ListenerGuard guard;
    try (ServerSocket listener = loopback(0)) {
      guard = guard(listener, "t", ALL);
      guard.beforeConnecting();
    }
    assertThrows(ConnectException.class, guard::beforeSending);
  }

  @Test
  void aTrustedListener() throws IOException {
    try (ServerSocket listener = loopback(0)) {
      ListenerGuard guard = guard(listener, "t", ALL);
      guard.beforeConnecting();
      guard.beforeSending();
      ListenerRefusedException refused =
          assertThrows(
              ListenerRefusedException.class, () -> guard(listener, "t", NONE).beforeConnecting());
      assertEquals(SystemUsers.own(), refused.uid());
    }
  }

  /** A stranger accepts and leaves; then a trusted server takes the port. */
  @Test
  void anotherListenerBetweenTheLooks() throws IOException {
    ServerSocket stranger = loopback(0);
    ListenerGuard guard = guard(stranger, "t", ALL);
    guard.beforeConnecting();
    try (Socket connected = new Socket("127.0.0.1", stranger.getLocalPort());
        Socket accepted = stranger.accept()) {
      stranger.close();
      assertThrows(ConnectException.class, guard::beforeSending);
      try (ServerSocket server = loopback(stranger.getLocalPort())) {
        assertNotEquals(connected.getLocalPort(), server.getLocalPort());
        assertThrows(ConnectException.class, guard::beforeSending);
      }
      assertTrue(accepted.isConnected());
    }
  }

  /** One that began to listen after the first look proves nothing, either. */
  @Test
  void aListenerThatWasNotThere() throws IOException {
    ServerSocket free = loopback(0);
    free.close();
    ListenerGuard guard = guard(free, "t", ALL);
    guard.beforeConnecting();
    try (ServerSocket late = loopback(free.getLocalPort())) {
      assertEquals(free.getLocalPort(), late.getLocalPort());
      assertThrows(ConnectException.class, guard::beforeSending);
    }
  }

  /** Without a token nothing can be stolen, and with TLS the certificate identifies the server. */
  @Test
  void whereNoTokenCanBeStolen() throws IOException {
    try (ServerSocket listener = loopback(0)) {
      guard(listener, "", NONE).beforeConnecting();
      guard(listener, "", NONE).beforeSending();
      guard("wss", listener, "t", NONE).beforeConnecting();
      guard("wss", listener, "t", NONE).beforeSending();
    }
  }

  /** The two transports. */
  enum Transport {
    PLAIN {
      @Override
      WebSocketConnection open(URI server, ConnectionSecurity security) throws Exception {
        return PlainSocketConnection.open(server, security, Duration.ofSeconds(20), IGNORE);
      }
    },
    TYRUS {
      @Override
      WebSocketConnection open(URI server, ConnectionSecurity security) throws Exception {
        return TyrusConnection.open(server, security, Duration.ofSeconds(20), IGNORE);
      }
    };

    private static final WebSocketConnection.Listener IGNORE =
        new WebSocketConnection.Listener() {
          @Override
          public void onText(String text) {}

          @Override
          public void onBytes() {}

          @Override
          public void onClosed(CloseNotice notice) {}
        };

    abstract WebSocketConnection open(URI server, ConnectionSecurity security) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void noTransportConnectsToAStranger(Transport transport) throws IOException {
    try (ServerSocket stranger = loopback(0)) {
      stranger.setSoTimeout(200);
      URI server = URI.create("ws://127.0.0.1:" + stranger.getLocalPort() + "/tickets");
      assertThrows(
          ListenerRefusedException.class,
          () -> transport.open(server, new ConnectionSecurity("blt_secret", NONE, null)));
      assertThrows(SocketTimeoutException.class, stranger::accept);
    }
  }

  /** A listener that is trusted at the first look only has a connection, and no byte of it. */
  @ParameterizedTest
  @EnumSource
  void noTransportSendsToWhomItTrustsNoMore(Transport transport) throws IOException {
    try (ServerSocket stranger = loopback(0)) {
      URI server = URI.create("ws://127.0.0.1:" + stranger.getLocalPort() + "/tickets");
      int[] looks = new int[1];
      LongPredicate once = uid -> looks[0]++ == 0;
      long before = System.nanoTime();
      assertThrows(
          ListenerRefusedException.class,
          () -> transport.open(server, new ConnectionSecurity("blt_secret", once, null)));
      Duration took = Duration.ofNanos(System.nanoTime() - before);
      assertTrue(took.compareTo(Duration.ofSeconds(15)) < 0, () -> "waited for nothing: " + took);
      try (Socket accepted = stranger.accept()) {
        assertEquals(-1, accepted.getInputStream().read());
      }
      assertEquals(2, looks[0]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "0"})
  void usersByNameAndNumber(String user) {
    assertEquals(SystemUsers.ROOT, SystemUsers.uidOf(user));
    assertEquals("'root'", SystemUsers.nameOf(SystemUsers.ROOT));
    assertTrue(SystemUsers.uidOf("no-such-user") < 0);
    assertEquals("uid 4123456789", SystemUsers.nameOf(4_123_456_789L));
  }
}

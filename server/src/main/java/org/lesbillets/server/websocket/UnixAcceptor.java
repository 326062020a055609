package org.lesbillets.server.websocket;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.lesbillets.server.unix.UnixLogins;
import org.lesbillets.server.unix.UnixServerSocket;
import org.lesbillets.server.unix.UnixSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acceptor of the server's socket: hands each connection to the transport that serves TCP
 * connections, so that frames, limits and admission are the same. The thread "unix-accept", which
 * never waits for a name service; what it accepted is bounded by the look-ups of {@link
 * UnixLogins}, and then as connections without a session are.
 */
final class UnixAcceptor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnixAcceptor.class);
  private static final long PAUSE_MILLIS = 100;

  private final UnixServerSocket socket;
  private final UnixLogins logins;
  private final TCPNIOTransport transport;
  private final FilterChain layers;

  private UnixAcceptor(
      UnixServerSocket socket, UnixLogins logins, TCPNIOTransport transport, FilterChain layers) {
    this.socket = socket;
    this.logins = logins;
    this.transport = transport;
    this.layers = layers;
  }

  /**
   * Listens, and accepts on a thread of its own.
   *
   * @param transport started
   * @param layers what processes the bytes of a connection
   * @throws org.lesbillets.server.unix.UnixSocketException if it cannot listen
   */
  static UnixAcceptor start(UnixSettings settings, TCPNIOTransport transport, FilterChain layers) {
    UnixServerSocket socket = UnixServerSocket.bind(settings.path());
    UnixAcceptor acceptor =
        new UnixAcceptor(socket, new UnixLogins(settings, socket.users()), transport, layers);
    Thread thread = new Thread(acceptor::run, "unix-accept");
    thread.setDaemon(true);
    thread.start();
    return acceptor;
  }

  private void run() {
    boolean failing = false;
    while (true) {
      try {
        accept();
        failing = false;
      } catch (ClosedChannelException e) {
        return;
      } catch (IOException | RuntimeException | Error e) {
        if (!failing) {
          LOG.warn("Connections to the socket cannot be accepted now: {}", e.toString());
        }
        failing = true;
        pause();
      }
    }
  }

  /** Its bytes are read once its user is known, or not known in time. */
  private void accept() throws IOException {
    SocketChannel accepted = socket.accept();
    logins.userOf(accepted).thenAccept(user -> register(accepted, user));
  }

  /** The thread of a look-up, or of its deadline; does not block. */
  private void register(SocketChannel accepted, Optional<UserPrincipal> user) {
    try {
      new UnixConnection(transport, accepted, UnixLogins.shown(user), () -> logins.identify(user))
          .register(layers);
    } catch (RuntimeException e) {
      LOG.debug("A connection to the socket is lost", e);
      close(accepted);
    }
  }

  private static void close(SocketChannel accepted) {
    try {
      accepted.close();
    } catch (IOException e) {
      LOG.debug("A connection to the socket does not close", e);
    }
  }

  /** Out of descriptors, most likely: the kernel keeps what waits. */
  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Accepts no more, and removes the socket; connections stay. */
  @Override
  public void close() {
    socket.close();
    logins.close();
  }
}

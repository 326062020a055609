package org.lesbillets.server.websocket;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.nio.RegisterChannelResult;
import org.glassfish.grizzly.nio.transport.TCPNIOConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.lesbillets.server.unix.UnixLogin;

/**
 * A connection of the server's socket, registered at the selectors and served by the threads of the
 * TCP connections. It replaces what the library asks of a TCP socket: addresses and buffer sizes.
 * Grizzly's threads.
 */
final class UnixConnection extends TCPNIOConnection {
  /** Layers above ask for the addresses of a request, and get one that leads nowhere. */
  private static final SocketAddress NOWHERE =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static final int QUEUED_WRITES = 4;

  private final String user;
  private volatile int readBufferSize;
  private final int writeBufferSize;
  private final Supplier<CompletableFuture<UnixLogin>> lookUp;
  private volatile CompletableFuture<UnixLogin> login;
  private volatile boolean identified;

  /**
   * @param user the name of the other end in the log
   * @param lookUp finds out who is at the other end; called by the first request
   */
  UnixConnection(
      TCPNIOTransport transport,
      SocketChannel accepted,
      String user,
      Supplier<CompletableFuture<UnixLogin>> lookUp) {
    super(transport, accepted);
    this.user = user;
    this.lookUp = lookUp;
    readBufferSize = option(accepted, StandardSocketOptions.SO_RCVBUF);
    writeBufferSize = option(accepted, StandardSocketOptions.SO_SNDBUF);
    setMaxAsyncWriteQueueSize(QUEUED_WRITES * writeBufferSize);
  }

  private static int option(SocketChannel channel, SocketOption<Integer> option) {
    try {
      return channel.getOption(option);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Has the transport read it, as it does with connections it accepted itself.
   *
   * @param layers what processes its bytes
   */
  void register(FilterChain layers) {
    setProcessor(layers);
    TCPNIOTransport shared = (TCPNIOTransport) transport;
    shared
        .getNIOChannelDistributor()
        .registerChannelAsync(
            channel,
            SelectionKey.OP_READ,
            this,
            new EmptyCompletionHandler<RegisterChannelResult>() {
              @Override
              public void completed(RegisterChannelResult result) {
                setSelectionKey(result.getSelectionKey());
                setSelectorRunner(result.getSelectorRunner());
                if (notifyReady()) {
                  shared.fireIOEvent(IOEvent.ACCEPTED, UnixConnection.this, null);
                }
              }

              @Override
              public void failed(Throwable cause) {
                terminateSilently();
              }
            });
  }

  /** Who is at the other end. For the thread that reads the connection. */
  CompletableFuture<UnixLogin> login() {
    if (login == null) {
      login = lookUp.get();
    }
    return login;
  }

  /** Finds out once more who is at the other end, when the connection may be closed. Any thread. */
  Supplier<CompletableFuture<UnixLogin>> again() {
    return lookUp;
  }

  /** Takes who is at the other end, once that is known. For the thread that reads. */
  UnixLogin identified() {
    identified = true;
    return login().join();
  }

  /** Whether its request waits for a look-up of its user. Any thread. */
  static boolean isLookingUp(Connection<?> connection) {
    return connection instanceof UnixConnection unix && unix.login != null && !unix.identified;
  }

  @Override
  public SocketAddress getPeerAddress() {
    return NOWHERE;
  }

  @Override
  public SocketAddress getLocalAddress() {
    return NOWHERE;
  }

  @Override
  public int getReadBufferSize() {
    return readBufferSize;
  }

  @Override
  public void setReadBufferSize(int bytes) {
    readBufferSize = bytes;
  }

  @Override
  public int getWriteBufferSize() {
    return writeBufferSize;
  }

  @Override
  public String toString() {
    return "unix:" + user;
  }
}

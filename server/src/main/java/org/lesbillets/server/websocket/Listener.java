package org.lesbillets.server.websocket;

import java.io.IOException;

/**
 * The network as an input: what accepts connections, opens a session on each, and reads for it.
 * Started and closed by one thread.
 */
public interface Listener extends AutoCloseable {

  /** Makes the listener of a server. */
  @FunctionalInterface
  interface Factory {
    Listener listener(WebSocketServer.ServerDependencies dependencies);
  }

  /**
   * Starts to listen.
   *
   * @throws IOException if it cannot
   * @throws org.lesbillets.server.unix.UnixSocketException if it cannot listen on its socket
   */
  void start() throws IOException;

  /** The port it listens on, once started; -1 for none. */
  int port();

  /** Accepts no new connections; open ones stay. */
  void stopAccepting();

  /** Ends all connections. */
  @Override
  void close();
}

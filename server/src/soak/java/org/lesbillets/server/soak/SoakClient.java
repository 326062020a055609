package org.lesbillets.server.soak;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * One agent's connection to a server that is killed and started again: reconnects with a fixed
 * pause, for at most 60 s, and is cut on purpose. One thread.
 */
final class SoakClient implements AutoCloseable {
  private static final long RECONNECT_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long GIVE_UP_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final SoakServer server;
  private final String agent;
  private SoakConnection connection;

  SoakClient(SoakServer server, String agent) {
    this.server = server;
    this.agent = agent;
  }

  /** Connects where there is no connection. */
  void connect() {
    long deadline = System.nanoTime() + GIVE_UP_NANOS;
    while (connection == null) {
      try {
        connection = server.connect(agent);
      } catch (IOException e) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException("the server does not come back", e);
        }
        LockSupport.parkNanos(RECONNECT_NANOS);
      }
    }
  }

  /** Whether it was sent; a connection that failed is dropped. */
  boolean send(ClientMessage message) {
    try {
      connection.send(message);
      return true;
    } catch (IOException e) {
      close();
      return false;
    }
  }

  /** The answer, or null when the connection ended before it, and was dropped. */
  ServerMessage.Answer ask(ClientMessage message) {
    if (!send(message)) {
      return null;
    }
    try {
      return connection.answer(message.requestId());
    } catch (IOException e) {
      close();
      return null;
    }
  }

  /** Cuts the connection as a killed process does; it may connect again. */
  @Override
  public void close() {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (IOException e) {
      // The connection is gone either way.
    }
    connection = null;
  }
}

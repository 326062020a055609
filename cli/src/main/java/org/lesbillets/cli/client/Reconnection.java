package org.lesbillets.cli.client;

import java.time.Duration;

/**
 * One connection at a time, made anew when it is needed, not more often than a growing pause
 * allows. Belongs to one thread.
 */
final class Reconnection implements AutoCloseable {
  private final ClientSettings settings;
  private final Backoff backoff = Backoff.unpredictable();
  private TicketClient client;
  private long notBeforeNanos = System.nanoTime();

  Reconnection(ClientSettings settings) {
    this.settings = settings;
  }

  /** The server of the last connection that was made. */
  ServerAddress server() {
    return client.server();
  }

  boolean isOpen() {
    return client != null && client.isOpen();
  }

  /** When the next connection may be made. */
  long notBeforeNanos() {
    return notBeforeNanos;
  }

  /**
   * The present connection, or a new one.
   *
   * @throws ConnectionException if none comes about in time; then another is not tried at once
   */
  TicketClient open(Duration patience) {
    if (!isOpen()) {
      boolean lost = client != null;
      client = null;
      try {
        client = new Connector(settings, patience, PushListener.NONE).connect();
      } finally {
        // One that was made and lost at once must not be made again without a pause.
        if (client == null || lost) {
          notBeforeNanos = System.nanoTime() + backoff.next().toNanos();
        }
      }
    }
    return client;
  }

  /** An answer came over it: what is lost later may be made anew soon. */
  void works() {
    if (backoff.attempts() > 0) {
      backoff.reset();
    }
  }

  /** Ends the present connection, so that another is made. */
  void drop() {
    if (client != null) {
      client.close();
    }
  }

  @Override
  public void close() {
    drop();
  }
}

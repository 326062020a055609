package org.lesbillets.cli.client.retry;

import java.time.Duration;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.Connector;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.TicketClient;

/**
 * One connection at a time, made anew when it is needed, not more often than a growing pause
 * allows. Belongs to one thread.
 */
public final class ReconnectingConnection implements AutoCloseable {
  private final ClientSettings settings;
  private final Backoff backoff = Backoff.unpredictable();
  private TicketClient client;
  private long notBeforeNanos = System.nanoTime();

  public ReconnectingConnection(ClientSettings settings) {
    this.settings = settings;
  }

  /** The server of the last connection that was made. */
  public ServerAddress server() {
    return client.server();
  }

  public boolean isOpen() {
    return client != null && client.isOpen();
  }

  /** When the next connection may be made. */
  public long notBeforeNanos() {
    return notBeforeNanos;
  }

  /**
   * The present connection, or a new one.
   *
   * @throws ConnectionException if none comes about in time; then another is not tried at once
   */
  public TicketClient open(Duration patience) {
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
  public void works() {
    if (backoff.attempts() > 0) {
      backoff.reset();
    }
  }

  /** Ends the present connection, so that another is made. */
  public void drop() {
    if (client != null) {
      client.close();
    }
  }

  @Override
  public void close() {
    drop();
  }
}

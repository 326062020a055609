package org.lesbillets.cli.client.retry;

import java.time.Duration;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.Connector;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.RequestChannel;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Sends changes until their outcome is certain: BUSY, UNCERTAIN, lost answers, timeouts and
 * unreachable servers are tried again, under one operation id, until the settings' timeout has
 * passed. Belongs to one thread, but for {@link #probe}; holds at most one connection.
 */
public final class ChangeSender implements AutoCloseable {
  private final ClientSettings settings;
  private volatile TicketClient client;

  public ChangeSender(ClientSettings settings) {
    this.settings = settings;
  }

  /**
   * The connection in use, made when there is none; for reading beside the changes. It stays this
   * object's: do not close it, and do not keep it over a {@link #change}.
   *
   * @throws ConnectionException as {@link TicketClient#connect}
   */
  public TicketClient client() {
    return open(settings.timeout());
  }

  /**
   * Makes one change. Not for a lock that waits in line, which may take longer than any timeout.
   *
   * @param change its request id is replaced; an operation id is given to it if it has none
   * @return the event it made, or the one it made before ({@code repeated})
   * @throws RejectedException if the server refuses for good, is BUSY to the end, or stays
   *     UNCERTAIN
   * @throws ConnectionException TIMEOUT if the outcome is unknown; UNREACHABLE if no attempt got
   *     through; UNAUTHORIZED, FORBIDDEN or PROTOCOL at once
   */
  public EventMessage change(ClientMessage.Change change) {
    return change(change, settings.timeout());
  }

  /** As {@link #change(ClientMessage.Change)}, with a patience of its own. */
  public EventMessage change(ClientMessage.Change change, Duration patience) {
    Backoff backoff = Backoff.unpredictable();
    Sleeper pace = Sleeper.wokenBy(settings.signal());
    return new RetryingCall(new Own(), patience, backoff, pace).make(change);
  }

  private TicketClient open(Duration patience) {
    if (client == null || !client.isOpen()) {
      client = new Connector(settings, patience, PushListener.NONE).connect();
    }
    return client;
  }

  /** As {@link TicketClient#probe}, where there is a connection; from any thread. */
  public void probe() {
    TicketClient open = client;
    if (open != null) {
      open.probe();
    }
  }

  /** Ends the connection, if there is one; a later change makes another. */
  @Override
  public void close() {
    if (client != null) {
      client.close();
      client = null;
    }
  }

  /** How the attempts see this. */
  private final class Own implements RetryingCall.Connection {
    @Override
    public RequestChannel open(Duration patience) {
      return ChangeSender.this.open(patience);
    }

    @Override
    public void drop() {
      close();
    }
  }
}

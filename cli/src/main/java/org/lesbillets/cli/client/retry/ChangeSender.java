package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Sends changes, each retried under one operation id (its idempotency key) until its outcome is
 * certain or the settings' timeout has passed. Belongs to one thread, but for {@link #probe}; holds
 * at most one connection.
 */
public final class ChangeSender implements AutoCloseable {
  private final ClientSettings settings;
  private final ReconnectingConnection connection;

  /** Null for none. */
  private final Consumer<RuntimeException> failures;

  public ChangeSender(ClientSettings settings) {
    this(new ReconnectingConnection(settings));
  }

  /** One that sends over this connection. */
  public ChangeSender(ReconnectingConnection connection) {
    this(connection, null);
  }

  /**
   * One that sends over this connection.
   *
   * @param failures takes the failure of each attempt, retried or not, on the sending thread; null
   *     for none
   */
  public ChangeSender(ReconnectingConnection connection, Consumer<RuntimeException> failures) {
    this.settings = connection.settings();
    this.connection = connection;
    this.failures = failures;
  }

  /**
   * The connection in use, made when there is none; for reading beside the changes. It stays this
   * object's: do not close it, and do not keep it over a {@link #change}.
   *
   * @throws ConnectionException as {@link TicketClient#connect}
   */
  public TicketClient client() {
    return connection.open(settings.timeout());
  }

  /**
   * Makes one change. Not for a lock that waits in line, which may take longer than any timeout.
   *
   * @param change its request id is replaced; an operation id is given to it if it has none
   * @return the event it made, or the one it made before ({@code repeated})
   * @throws RejectedException if the server refuses for good, is BUSY to the end, or stays
   *     UNCERTAIN
   * @throws ConnectionException TIMEOUT if the outcome is unknown; UNREACHABLE if no attempt got
   *     through; UNAUTHORIZED, FORBIDDEN, STRANGER or PROTOCOL at once
   */
  public EventMessage change(ClientMessage.Change change) {
    return change(change, settings.timeout());
  }

  /** As {@link #change(ClientMessage.Change)}, with another time limit. */
  public EventMessage change(ClientMessage.Change change, Duration patience) {
    return new RetryingCall(connection, patience, Backoff.unpredictable(), connection)
        .make(change, failures);
  }

  /** As {@link TicketClient#probe}, where there is a connection; from any thread. */
  public void probe() {
    connection.probe();
  }

  /** Ends the connection, if there is one; a later change makes another. */
  @Override
  public void close() {
    connection.close();
  }
}

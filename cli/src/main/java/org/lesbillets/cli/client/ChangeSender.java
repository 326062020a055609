package org.lesbillets.cli.client;

import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Sends changes until their outcome is certain: BUSY, UNCERTAIN, lost answers, timeouts and
 * unreachable servers are tried again, under one operation id, until the settings' timeout has
 * passed. Belongs to one thread; holds at most one connection.
 */
public final class ChangeSender implements AutoCloseable {

  public ChangeSender(ClientSettings settings) {
    throw new UnsupportedOperationException(settings.toString());
  }

  /**
   * The connection in use, made when there is none; for reading beside the changes. It stays this
   * object's: do not close it, and do not keep it over a {@link #change}.
   *
   * @throws ConnectionException as {@link TicketClient#connect}
   */
  public TicketClient client() {
    throw new UnsupportedOperationException();
  }

  /**
   * Makes one change.
   *
   * @param change its request id is replaced; an operation id is given to it if it has none
   * @return the event it made, or the one it made before ({@code repeated})
   * @throws RejectedException if the server refuses for good, is BUSY to the end, or stays
   *     UNCERTAIN
   * @throws ConnectionException TIMEOUT if the outcome is unknown; UNREACHABLE if no attempt got
   *     through; UNAUTHORIZED, FORBIDDEN or PROTOCOL at once
   */
  public EventMessage change(ClientMessage.Change change) {
    throw new UnsupportedOperationException();
  }

  /** Ends the connection, if there is one. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}

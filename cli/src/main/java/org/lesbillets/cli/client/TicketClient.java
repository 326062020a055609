package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;

/**
 * One connection to a server. Thread-safe. Answers are decoded on the connection's I/O thread;
 * every wait is bounded by the settings' timeout. All threads are daemons.
 */
public final class TicketClient implements AutoCloseable {

  private TicketClient() {}

  /**
   * Connects to the first server that can be reached; each is tried once, in order.
   *
   * @throws ConnectionException if none can be reached, or one does not let this client in
   */
  public static TicketClient connect(ClientSettings settings, PushListener pushes) {
    throw new UnsupportedOperationException();
  }

  /** The server this is connected to. */
  public ServerAddress server() {
    throw new UnsupportedOperationException();
  }

  /**
   * The server's first message; waits for it.
   *
   * @throws ConnectionException TIMEOUT or LOST if it does not come, PROTOCOL if it is of another
   *     version
   */
  public ServerMessage.Welcome welcome() {
    throw new UnsupportedOperationException();
  }

  /** A request id that this connection has not used yet. */
  public String nextRequestId() {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends a request. The parts of a list are put together: the answer is one AllTickets that has
   * them all.
   *
   * @param message bears a request id no unanswered request of this connection has
   * @return completes with the answer (perhaps Rejected), or with a ConnectionException of kind
   *     LOST when the connection ends before it came
   * @throws IllegalArgumentException if the request id is taken
   */
  public CompletableFuture<ServerMessage.Answer> send(ClientMessage message) {
    throw new UnsupportedOperationException();
  }

  /**
   * Sends a request and waits for its answer, perhaps Rejected, at most the settings' timeout.
   *
   * @throws ConnectionException TIMEOUT if none came in time, LOST if the connection ended
   */
  public ServerMessage.Answer ask(ClientMessage message) {
    throw new UnsupportedOperationException();
  }

  /** As {@link #ask(ClientMessage)}, with a patience of its own. */
  public ServerMessage.Answer ask(ClientMessage message, Duration patience) {
    throw new UnsupportedOperationException();
  }

  /**
   * Asks for tickets and waits for all parts.
   *
   * @param request with a request id, without {@code since}
   * @throws RejectedException if the server refuses
   * @throws ConnectionException as {@link #ask(ClientMessage)}
   */
  public TicketSnapshot tickets(ClientMessage.GetTickets request) {
    throw new UnsupportedOperationException();
  }

  /** Ends the connection; what is unanswered completes with LOST. Safe to call again. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}

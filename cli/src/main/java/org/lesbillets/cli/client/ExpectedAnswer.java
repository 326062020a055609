package org.lesbillets.cli.client;

import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Draining;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Pong;
import org.lesbillets.model.message.ServerMessage.Position;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.Resumed;
import org.lesbillets.model.message.ServerMessage.Sessions;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.message.ServerMessage.UnknownMessage;
import org.lesbillets.model.message.ServerMessage.Welcome;

/**
 * Takes the one kind of answer a request ought to get: override its method. A refusal is thrown as
 * {@link RejectedException}, anything else as {@link ConnectionException} of kind PROTOCOL.
 */
public class ExpectedAnswer<R> implements ServerMessage.Handler<R> {
  private final ServerAddress server;

  /**
   * @param server whose answer it is, for the sentence
   */
  public ExpectedAnswer(ServerAddress server) {
    this.server = server;
  }

  private R unexpected(ServerMessage message) {
    throw Sentences.notUnderstood(server, message.type() + " does not answer what was asked");
  }

  @Override
  public R onRejected(Rejected message) {
    throw new RejectedException(message);
  }

  @Override
  public R onWelcome(Welcome message) {
    return unexpected(message);
  }

  @Override
  public R onAllTickets(AllTickets message) {
    return unexpected(message);
  }

  @Override
  public R onResumed(Resumed message) {
    return unexpected(message);
  }

  @Override
  public R onTicketDetails(TicketDetails message) {
    return unexpected(message);
  }

  @Override
  public R onEvent(EventMessage message) {
    return unexpected(message);
  }

  @Override
  public R onPosition(Position message) {
    return unexpected(message);
  }

  @Override
  public R onDraining(Draining message) {
    return unexpected(message);
  }

  @Override
  public R onPong(Pong message) {
    return unexpected(message);
  }

  @Override
  public R onSessions(Sessions message) {
    return unexpected(message);
  }

  @Override
  public R onUnknown(UnknownMessage message) {
    return unexpected(message);
  }
}

package org.lesbillets.cli.client;

import org.lesbillets.cli.client.transport.CloseCode;
import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.cli.client.transport.WebSocketConnection;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.AdminAnswer;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.Draining;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Pong;
import org.lesbillets.model.message.ServerMessage.Position;
import org.lesbillets.model.message.ServerMessage.Push;
import org.lesbillets.model.message.ServerMessage.Rejected;
import org.lesbillets.model.message.ServerMessage.Resumed;
import org.lesbillets.model.message.ServerMessage.TicketDetails;
import org.lesbillets.model.message.ServerMessage.TicketMatch;
import org.lesbillets.model.message.ServerMessage.UnknownMessage;
import org.lesbillets.model.message.ServerMessage.Welcome;
import org.lesbillets.model.wire.WireFormatException;

/** Routes incoming messages to pending requests or the push listener, on the I/O thread. */
final class MessageRouter implements WebSocketConnection.Listener, ServerMessage.Visitor {
  private final TicketClient client;

  MessageRouter(TicketClient client) {
    this.client = client;
  }

  @Override
  public void onText(String text) {
    client.idle().begin();
    try {
      client.pushes().decode(text).accept(this);
    } catch (WireFormatException e) {
      disagree(e.getMessage());
    } finally {
      client.idle().end();
    }
  }

  @Override
  public void onBytes() {
    client.idle().bytes();
  }

  @Override
  public void onClosed(CloseNotice notice) {
    client.ended(notice);
  }

  private void disagree(String problem) {
    client.end(
        AnswerFailures.notUnderstood(client.server(), problem), CloseCode.PROTOCOL_ERROR, problem);
  }

  @Override
  public void onWelcome(Welcome message) {
    if (message.protocol() != WireLimits.PROTOCOL_VERSION) {
      disagree(
          "it speaks version "
              + message.protocol()
              + " of the protocol, not "
              + WireLimits.PROTOCOL_VERSION);
    } else {
      client.welcomed(message);
    }
  }

  @Override
  public void onAllTickets(AllTickets message) {
    client.pending().part(message);
  }

  @Override
  public void onEvent(EventMessage message) {
    if (message.requestId() == null) {
      push(message);
    } else {
      answer(message);
    }
  }

  @Override
  public void onRejected(Rejected message) {
    if (message.requestId() == null) {
      // The server could not read the request id, so that request will never be answered.
      disagree(message.message());
    } else {
      answer(message);
    }
  }

  @Override
  public void onResumed(Resumed message) {
    answer(message);
  }

  @Override
  public void onTicketDetails(TicketDetails message) {
    answer(message);
  }

  @Override
  public void onPong(Pong message) {
    answer(message);
  }

  @Override
  public void onAdmin(AdminAnswer message) {
    answer(message);
  }

  @Override
  public void onPosition(Position message) {
    push(message);
  }

  @Override
  public void onMatch(TicketMatch message) {
    push(message);
  }

  @Override
  public void onDraining(Draining message) {
    push(message);
  }

  @Override
  public void onUnknown(UnknownMessage message) {
    // Of a newer server: the protocol has clients ignore it.
  }

  private void answer(Answer message) {
    client.pending().answer(message);
    if (!(message instanceof Rejected)) {
      client.succeeded();
    }
  }

  private void push(Push message) {
    client.pushes().onPush(message);
  }
}

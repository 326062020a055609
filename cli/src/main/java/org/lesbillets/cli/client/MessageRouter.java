package org.lesbillets.cli.client;

import org.lesbillets.cli.client.transport.CloseNotice;
import org.lesbillets.cli.client.transport.WebSocketConnection;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;
import org.lesbillets.model.message.ServerMessage.Answer;
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
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;
import org.lesbillets.model.wire.WireLimits;

/** Sorts what comes in over a client's line into answers and pushes. On the line's I/O thread. */
final class MessageRouter implements WebSocketConnection.Listener, ServerMessage.Handler<Void> {
  private static final int PROTOCOL_ERROR = 1002;

  private final TicketClient client;

  MessageRouter(TicketClient client) {
    this.client = client;
  }

  @Override
  public void onText(String text) {
    client.silence().begin();
    try {
      MessageCodec.decodeServerMessage(text).accept(this);
    } catch (WireFormatException e) {
      disagree(e.getMessage());
    } finally {
      client.silence().end();
    }
  }

  @Override
  public void onBytes() {
    client.silence().bytes();
  }

  @Override
  public void onClosed(CloseNotice notice) {
    client.ended(notice);
  }

  private void disagree(String problem) {
    client.end(Sentences.notUnderstood(client.server(), problem), PROTOCOL_ERROR, problem);
  }

  @Override
  public Void onWelcome(Welcome message) {
    if (message.protocol() != WireLimits.PROTOCOL_VERSION) {
      disagree(
          "it speaks version "
              + message.protocol()
              + " of the protocol, not "
              + WireLimits.PROTOCOL_VERSION);
    } else {
      client.welcomed(message);
    }
    return null;
  }

  @Override
  public Void onAllTickets(AllTickets message) {
    client.pending().part(message);
    return null;
  }

  @Override
  public Void onEvent(EventMessage message) {
    return message.requestId() == null ? push(message) : answer(message);
  }

  @Override
  public Void onRejected(Rejected message) {
    if (message.requestId() == null) {
      // It could not even read the id, so whichever request this was will never be answered.
      disagree(message.message());
      return null;
    }
    return answer(message);
  }

  @Override
  public Void onResumed(Resumed message) {
    return answer(message);
  }

  @Override
  public Void onTicketDetails(TicketDetails message) {
    return answer(message);
  }

  @Override
  public Void onPong(Pong message) {
    return answer(message);
  }

  @Override
  public Void onSessions(Sessions message) {
    return answer(message);
  }

  @Override
  public Void onPosition(Position message) {
    return push(message);
  }

  @Override
  public Void onDraining(Draining message) {
    return push(message);
  }

  @Override
  public Void onUnknown(UnknownMessage message) {
    return null;
  }

  private Void answer(Answer message) {
    client.pending().answer(message);
    if (!(message instanceof Rejected)) {
      client.succeeded();
    }
    return null;
  }

  private Void push(ServerMessage message) {
    client.pushes().onPush(message);
    return null;
  }
}

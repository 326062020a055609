package org.lesbillets.server.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;
import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.session.ClientSession;

/**
 * Where frames become requests. Decodes, hands over, and knows no rule.
 *
 * <p>Called by Tyrus on Grizzly's threads; the calls of one connection come in order. Public
 * because Tyrus calls it by reflection.
 */
public final class TicketEndpoint extends Endpoint {
  static final String PATH = "/tickets";

  /** Larger than any message a client may send, so that one that is too large can be answered. */
  static final int MAX_FRAME_BYTES = 512 * 1024;

  private static final long NO_IDLE_TIMEOUT = -1;

  private final TicketDesk desk;
  private final SessionOpener opener;
  private final AdmissionFilter filter;

  /** Begins a session on a connection that was admitted. */
  interface SessionOpener {
    ClientSession open(AdmittedConnection arrival);
  }

  TicketEndpoint(TicketDesk desk, SessionOpener opener, AdmissionFilter filter) {
    this.desk = desk;
    this.opener = opener;
    this.filter = filter;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    AdmittedConnection admitted = AdmittedConnection.take();
    session.setMaxIdleTimeout(NO_IDLE_TIMEOUT);
    session.setMaxTextMessageBufferSize(MAX_FRAME_BYTES);
    ClientSession client = opener.open(admitted);
    filter.belongs(admitted.connection(), client);
    session.getUserProperties().put(PATH, client);
    session.setMaxBinaryMessageBufferSize(MAX_FRAME_BYTES);
    session.addMessageHandler(String.class, new Receiver(client, desk));
    session.addMessageHandler(byte[].class, new NoReader(client));
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    if (session.getUserProperties().get(PATH) instanceof ClientSession client) {
      client.leave("it closed");
    }
  }

  @Override
  public void onError(Session session, Throwable cause) {
    if (!session.isOpen()
        && session.getUserProperties().get(PATH) instanceof ClientSession client) {
      client.end("its connection failed");
    }
  }

  /** One connection's messages. */
  private record Receiver(ClientSession client, TicketDesk desk)
      implements MessageHandler.Whole<String> {
    @Override
    public void onMessage(String text) {
      if (client.isClosing()) {
        return;
      }
      try {
        take(MessageCodec.decodeClientMessage(text));
      } catch (WireFormatException e) {
        client.refuse(e.rejected());
      }
    }

    private void take(ClientMessage message) {
      if (!client.admitRequest()) {
        client.refuse(
            busy(message, "Too many of your requests are unanswered: wait for some of them."));
      } else if (!desk.submit(client, message)) {
        client.answer(busy(message, "The server has too much to do: try again."));
      }
    }

    private static ServerMessage.Rejected busy(ClientMessage message, String sentence) {
      return new ServerMessage.Rejected(
          message.requestId(), RejectionCode.BUSY, sentence, RejectionDetails.NONE);
    }
  }

  /** One connection's binary messages: they are answered, and the connection stays. */
  private record NoReader(ClientSession client) implements MessageHandler.Whole<byte[]> {
    @Override
    public void onMessage(byte[] bytes) {
      client.refuse(
          new ServerMessage.Rejected(
              null,
              RejectionCode.INVALID,
              "This was a binary message: send JSON in text messages.",
              RejectionDetails.NONE));
    }
  }
}

package org.lesbillets.server.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.util.function.Function;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;
import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.session.ClientSession;

/**
 * WebSocket endpoint: decodes messages and submits them to the desk; no rules.
 *
 * <p>Called by Tyrus on Grizzly's threads, serially for each connection. Never blocks: a full desk
 * is answered BUSY. Public because Tyrus calls it by reflection.
 */
public final class TicketEndpoint extends Endpoint {
  static final String PATH = "/tickets";

  /** Above the bound of a client's message, so that one that is too large gets an answer. */
  static final int MAX_FRAME_BYTES = 512 * 1024;

  private static final long NO_IDLE_TIMEOUT = -1;

  private final TicketDesk desk;
  private final Function<AdmittedConnection, ClientSession> opener;
  private final AdmissionFilter filter;

  /**
   * @param opener begins a session on an authorized connection
   */
  TicketEndpoint(
      TicketDesk desk, Function<AdmittedConnection, ClientSession> opener, AdmissionFilter filter) {
    this.desk = desk;
    this.opener = opener;
    this.filter = filter;
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    AdmittedConnection admitted = AdmittedConnection.take();
    session.setMaxIdleTimeout(NO_IDLE_TIMEOUT);
    session.setMaxTextMessageBufferSize(MAX_FRAME_BYTES);
    ClientSession client = opener.apply(admitted);
    filter.belongs(admitted.connection(), client);
    session.getUserProperties().put(PATH, client);
    session.setMaxBinaryMessageBufferSize(MAX_FRAME_BYTES);
    session.addMessageHandler(String.class, new Receiver(client, desk));
    session.addMessageHandler(byte[].class, new BinaryRefuser(client));
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

  /** Receiver of one connection's text messages. */
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

  /** Receiver of one connection's binary messages: refused, without closing the connection. */
  private record BinaryRefuser(ClientSession client) implements MessageHandler.Whole<byte[]> {
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

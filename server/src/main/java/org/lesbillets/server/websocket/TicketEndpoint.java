package org.lesbillets.server.websocket;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.util.function.Function;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.desk.TicketDesk;
import org.lesbillets.server.session.ClientSession;
import org.lesbillets.server.session.RequestReceiver;
import org.lesbillets.server.session.SessionMeasures.SessionEnd;

/**
 * WebSocket endpoint: decodes messages and submits them to the desk; no rules.
 *
 * <p>Called by Tyrus on Grizzly's threads, serially for each connection. Never blocks: a full desk
 * is answered BUSY. Public because Tyrus calls it by reflection.
 */
public final class TicketEndpoint extends Endpoint {
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
    session.getUserProperties().put(FrontPage.TICKETS, client);
    session.setMaxBinaryMessageBufferSize(MAX_FRAME_BYTES);
    RequestReceiver receiver = new RequestReceiver(client, desk);
    session.addMessageHandler(String.class, receiver::receive);
    session.addMessageHandler(byte[].class, new BinaryRefuser(client));
  }

  @Override
  public void onClose(Session session, CloseReason reason) {
    if (session.getUserProperties().get(FrontPage.TICKETS) instanceof ClientSession client) {
      client.leave(SessionEnd.CLOSED);
    }
  }

  @Override
  public void onError(Session session, Throwable cause) {
    if (!session.isOpen()
        && session.getUserProperties().get(FrontPage.TICKETS) instanceof ClientSession client) {
      client.end(SessionEnd.CONNECTION_FAILED);
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

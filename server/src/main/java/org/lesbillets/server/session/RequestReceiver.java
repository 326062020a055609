package org.lesbillets.server.session;

import java.time.Duration;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.wire.MessageCodec;
import org.lesbillets.model.wire.WireFormatException;
import org.lesbillets.server.desk.TicketDesk;

/**
 * Receiver of one session's text messages: decodes, counts, submits to the desk; no rules. Called
 * serially for each session, on any thread. Never blocks: a full desk is answered BUSY.
 */
public record RequestReceiver(ClientSession client, TicketDesk desk) {

  private static final Duration RETRY_AFTER = Duration.ofMillis(100);

  /** Takes one whole message. */
  public void receive(String text) {
    if (client.isClosing()) {
      return;
    }
    boolean admitted = client.gate().admitMessage();
    try {
      ClientMessage message = MessageCodec.decodeClientMessage(text);
      if (admitted) {
        take(message, text.length());
      } else {
        client.refuse(busy(message, "You send too many messages a second: send them slower."));
      }
    } catch (WireFormatException e) {
      client.refuse(e.rejected());
    }
  }

  private void take(ClientMessage message, int size) {
    if (!client.gate().admit(message.requestId(), isRepeated(message) ? size : 0)) {
      client.refuse(
          busy(message, "Too many of your requests are unanswered: wait for some of them."));
    } else if (!desk.submit(client, message)) {
      client.answer(busy(message, "The server has too much to do: try again."));
    }
  }

  /**
   * Whether the answer may be as large as the request. That to a request for a lock is not, and it
   * may be due much later: padding must not stop the client's further requests until then.
   */
  private static boolean isRepeated(ClientMessage message) {
    return !(message instanceof ClientMessage.LockTicket)
        && !(message instanceof ClientMessage.ClaimTicket);
  }

  private static ServerMessage.Rejected busy(ClientMessage message, String sentence) {
    return new ServerMessage.Rejected(
        message.requestId(),
        RejectionCode.BUSY,
        sentence,
        RejectionDetails.retryAfter(RETRY_AFTER));
  }
}

package org.lesbillets.model.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.Projection;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.AllTickets;

/**
 * Codec of messages as JSON text. Requests are decoded strictly: whatever is beyond {@link
 * WireLimits} is refused. Messages of a server are decoded leniently (tolerant reader), so that a
 * client works with newer servers. Both ignore unknown fields, and refuse a name that stands twice
 * in one object.
 *
 * <p>Any thread; no state but the bounded intern pools of names and tags.
 */
public final class MessageCodec {
  private MessageCodec() {}

  /** The request as one line of JSON. */
  public static String encode(ClientMessage message) {
    return message.accept(new ClientWriter()).json();
  }

  /** The message as one line of JSON. */
  public static String encode(ServerMessage message) {
    return ServerWriter.write(message).json();
  }

  /** The message as one line of JSON in UTF-8. */
  public static byte[] encodeUtf8(ServerMessage message) {
    return ServerWriter.write(message).utf8();
  }

  /** A ticket as one line of JSON, as in a list of whole tickets. */
  public static String encode(Ticket ticket) {
    return new TicketWriter(new WireWriter(), LockForm.COUNTED).element(ticket).json();
  }

  /**
   * A list as its request's projection has it: for the answer of an older server, which tells whole
   * tickets whatever is asked.
   */
  public static AllTickets projected(AllTickets list, Projection projection) {
    if (list.rows() != null || projection.fields() == null) {
      return list;
    }
    AllTicketsParts parts = new AllTicketsParts(list, projection, null);
    List<ListedFields.Row> rows = new ArrayList<>();
    while (parts.hasNext()) {
      rows.addAll(rows(parts.next()));
    }
    return new AllTickets(
        list.requestId(),
        List.of(),
        new ListedFields(projection.fields(), rows),
        list.revision(),
        list.journalId(),
        list.more(),
        list.reset(),
        list.total());
  }

  private static List<ListedFields.Row> rows(byte[] part) {
    try {
      String json = new String(part, StandardCharsets.UTF_8);
      return ((AllTickets) decodeServerMessage(json)).rows().rows();
    } catch (WireFormatException e) {
      throw new IllegalStateException("what was encoded cannot be decoded", e);
    }
  }

  /**
   * Reads a request.
   *
   * @throws WireFormatException if it is none, or beyond a limit; it names the field, the limit and
   *     (when it could be read) the request's id
   */
  public static ClientMessage decodeClientMessage(String json) throws WireFormatException {
    WireObject message = new WireObject(tree(json, null), "");
    return read(message, readableRequestId(message));
  }

  /**
   * Reads a request that a person or a script wrote into a file: it need not have an id, and a
   * field that is not known is refused.
   *
   * @param id to be given to it, whatever id it has
   * @throws WireFormatException as {@link #decodeClientMessage(String)}
   */
  public static ClientMessage decodeClientMessage(String json, String id)
      throws WireFormatException {
    WireObject message = WireObject.accounted(tree(json, id));
    ClientMessage read = read(message, id);
    try {
      message.refuseUnknown();
      return read;
    } catch (WireFormatException e) {
      throw e.about(id);
    }
  }

  private static Map<String, Object> tree(String json, String id) throws WireFormatException {
    if (TextRules.exceedsUtf8(json, WireLimits.CLIENT_MESSAGE_BYTES)) {
      throw tooLarge(id == null ? WireTree.requestIdOf(json) : id);
    }
    try {
      return WireTree.read(json, WireLimits.CLIENT_MESSAGE_DEPTH);
    } catch (WireFormatException e) {
      throw e.about(id == null ? WireTree.requestIdOf(json) : id);
    }
  }

  private static ClientMessage read(WireObject message, String requestId)
      throws WireFormatException {
    try {
      return new ClientReader(message, requestId).read(message.text("type"));
    } catch (WireFormatException e) {
      throw e.about(requestId);
    }
  }

  private static String readableRequestId(WireObject message) {
    try {
      String id = message.textOrNull("requestId");
      return TextRules.isRequestId(id) ? id : null;
    } catch (WireFormatException e) {
      return null;
    }
  }

  private static WireFormatException tooLarge(String requestId) {
    return new WireFormatException(
        RejectionCode.TOO_LARGE,
        requestId,
        "the message is larger than "
            + WireLimits.CLIENT_MESSAGE_BYTES
            + " bytes: send less at once",
        RejectionDetails.limit("message", WireLimits.CLIENT_MESSAGE_BYTES));
  }

  /**
   * Reads what a server says. A type this version does not know is an UnknownMessage, or, if it
   * carries a revision and a ticket, an EventMessage with an UnknownEvent.
   *
   * @throws WireFormatException if it is no message, or a known one of another shape
   */
  public static ServerMessage decodeServerMessage(String json) throws WireFormatException {
    Map<String, Object> fields = WireTree.read(json, WireLimits.SERVER_MESSAGE_DEPTH);
    WireObject message = new WireObject(fields, "");
    return new ServerReader(message).read(message.text("type"));
  }
}

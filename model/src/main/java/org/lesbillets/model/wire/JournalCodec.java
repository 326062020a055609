package org.lesbillets.model.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.RejectionDetails;

/**
 * Codec of the events in a journal, and of the tickets and comments of one that keeps them beside
 * the events: JSON in UTF-8 without the position, which is stored beside it. Locks are stored
 * settled, so that encoding an event is deterministic. Times are kept to the millisecond. A lock's
 * token may be SELF (0).
 *
 * <p>The form is as stable as the protocol: fields are only ever added, and readers ignore unknown
 * ones. Stateless; any thread.
 */
public final class JournalCodec {
  private JournalCodec() {}

  /**
   * @param imported comments stored with the event; {@link #decodeComments} reads them
   */
  public static byte[] encodeEvent(WireEvent event, List<Comment> imported) {
    return encodeEvent(event, imported, Map.of());
  }

  /**
   * Encodes an event with more about it.
   *
   * @param beside what {@link #decodeText} reads, by names that no event has
   */
  public static byte[] encodeEvent(
      WireEvent event, List<Comment> imported, Map<String, String> beside) {
    WireWriter w = new WireWriter().beginObject().text("type", event.type());
    beside.forEach(w::text);
    new EventWriter(w, LockForm.SETTLED).stored(event);
    if (!imported.isEmpty()) {
      new TicketWriter(w, LockForm.SETTLED).comments("comments", imported);
    }
    return w.endObject().utf8();
  }

  /**
   * @throws WireFormatException if the bytes are no event; of a kind this version does not know,
   *     they are an UnknownEvent
   */
  public static WireEvent decodeEvent(byte[] stored) throws WireFormatException {
    WireObject event = read(stored);
    return EventReader.event(event, event.text("type"));
  }

  /**
   * The comments stored with an event by {@link #encodeEvent}.
   *
   * @throws WireFormatException if the bytes are no event
   */
  public static List<Comment> decodeComments(byte[] stored) throws WireFormatException {
    return read(stored).objects("comments", TicketReader::comment);
  }

  /** A ticket without its description. */
  public static byte[] encodeTicket(Ticket ticket) {
    WireWriter w = new WireWriter().beginObject();
    new TicketWriter(w, LockForm.SETTLED).brief("ticket", ticket);
    return w.endObject().utf8();
  }

  /**
   * The ticket of an {@link #encodeTicket}.
   *
   * @throws WireFormatException if the bytes are no ticket
   */
  public static Ticket decodeTicket(byte[] stored) throws WireFormatException {
    return TicketReader.ticket(read(stored).object("ticket", "ticket."));
  }

  public static byte[] encodeComment(Comment comment) {
    WireWriter w = new WireWriter().beginObject();
    new TicketWriter(w, LockForm.SETTLED).comment("comment", comment);
    return w.endObject().utf8();
  }

  /**
   * The comment of an {@link #encodeComment}.
   *
   * @throws WireFormatException if the bytes are no comment
   */
  public static Comment decodeComment(byte[] stored) throws WireFormatException {
    return TicketReader.comment(read(stored).object("comment", "comment."));
  }

  /** An object of texts, which {@link #decodeText} reads. */
  public static byte[] encodeTexts(Map<String, String> texts) {
    WireWriter w = new WireWriter().beginObject();
    texts.forEach(w::text);
    return w.endObject().utf8();
  }

  /**
   * One text of a stored object; null if it has none of that name.
   *
   * @throws WireFormatException if the bytes are no object, or it is no text
   */
  public static String decodeText(byte[] stored, String name) throws WireFormatException {
    return read(stored).textOrNull(name);
  }

  private static WireObject read(byte[] stored) throws WireFormatException {
    return new WireObject(WireTree.read(text(stored), WireLimits.SERVER_MESSAGE_DEPTH), "");
  }

  private static String text(byte[] stored) throws WireFormatException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(stored)).toString();
    } catch (CharacterCodingException e) {
      throw new WireFormatException(
          "the stored event is not UTF-8: the journal is damaged", RejectionDetails.NONE);
    }
  }
}

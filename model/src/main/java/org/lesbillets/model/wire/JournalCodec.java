package org.lesbillets.model.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.RejectionDetails;

/**
 * Codec of the events in a journal: JSON in UTF-8 without the position, which is stored beside it.
 * Locks are stored settled, so that encoding an event is deterministic. Times are kept to the
 * millisecond. A lock's token may be SELF (0).
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
    WireWriter w = new WireWriter().beginObject().text("type", event.type());
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

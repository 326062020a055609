package org.lesbillets.model.wire;

import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.ClientMessage.ImportTicket;
import org.lesbillets.model.message.RejectionDetails;

/**
 * Codec of whole tickets as lines of JSON, for export and import: the fields of ImportTicket's
 * ticket, and its comments, in one object. Revisions, lock and ids of comments, which a journal
 * gives, are left out, so that export after import is idempotent.
 *
 * <p>Stateless; any thread.
 */
public final class TicketCodec {
  private TicketCodec() {}

  /**
   * The ticket as one line of JSON.
   *
   * @param comments all of them, oldest first
   */
  public static String encode(Ticket ticket, List<Comment> comments) {
    WireWriter w = new WireWriter();
    TicketWriter tickets = new TicketWriter(w, LockForm.SETTLED);
    return tickets.line(ticket, comments).json();
  }

  /**
   * Reads a ticket, as strictly as ImportTicket but for the size of the whole; a field that is not
   * known is refused.
   *
   * @param requestId of the request to make of it, which may be too large to be sent
   * @throws WireFormatException if it is no ticket; it names the field and the limit
   */
  public static ImportTicket decode(String json, String requestId) throws WireFormatException {
    WireObject o = object(json);
    List<Comment> comments = o.objects("comments", ImportReader::comment);
    Ticket ticket = ImportReader.imported(o, comments.size());
    o.refuseUnknown();
    return new ImportTicket(requestId, null, ticket, comments);
  }

  private static WireObject object(String json) throws WireFormatException {
    try {
      return WireObject.accounted(WireTree.read(json, WireLimits.CLIENT_MESSAGE_DEPTH));
    } catch (WireFormatException e) {
      throw new WireFormatException(
          "this is not one JSON object, with each field once: give a ticket as export writes it",
          RejectionDetails.NONE);
    }
  }
}

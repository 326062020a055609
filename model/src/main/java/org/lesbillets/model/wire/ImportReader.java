package org.lesbillets.model.wire;

import java.util.UUID;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/** Strict decoder of imported tickets and comments. Stateless; any thread. */
final class ImportReader {
  private ImportReader() {}

  /** A ticket to be imported: what the journal gives is left at 0. */
  static Ticket imported(WireObject o, int comments) throws WireFormatException {
    o.ignore("revision", "changedRevision", "lock");
    Long count = o.countOrNull("commentCount");
    if (count != null && count != comments) {
      throw o.wrong(
          "commentCount", "is " + count + " beside " + comments + " comments: bring them along");
    }
    UUID id = StrictFields.uuidOrNull(o, "id");
    if (id == null) {
      throw o.wrong("id", "is missing: give the ticket's UUID");
    }
    TicketContent content =
        FieldReader.strict(
            o, TicketField.ALL, TicketField.STATUS, TicketField.DESCRIPTION, TicketField.PRIORITY);
    return new Ticket(
        new TicketId(id),
        o.integer("number", 1, WireLimits.MAX_NUMBER),
        content,
        new Stamp(o.time("createdAt"), o.agent("createdBy")),
        new Stamp(o.time("updatedAt"), o.agent("updatedBy")),
        0,
        0,
        comments,
        null);
  }

  /** A comment to be imported. */
  static Comment comment(WireObject o) throws WireFormatException {
    Long id = o.countOrNull("id");
    return new Comment(
        id == null ? 0 : id, o.time("at"), o.agent("by"), StrictFields.block(o, "text"));
  }
}

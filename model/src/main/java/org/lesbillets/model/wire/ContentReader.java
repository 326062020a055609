package org.lesbillets.model.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.lesbillets.model.Comment;
import org.lesbillets.model.NewValue;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketDraft;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketPatch;

/** Reads what requests say of a ticket, held to the limits of the protocol. */
final class ContentReader {
  private ContentReader() {}

  static TicketDraft draft(WireObject o) throws WireFormatException {
    String description = StrictFields.blockOrNull(o, "description");
    Priority priority = o.choiceOrNull("priority", Choice.PRIORITY);
    return new TicketDraft(
        StrictFields.title(o, "title"),
        description == null ? "" : description,
        priority == null ? Priority.NORMAL : priority,
        o.agentOrNull("assignee"),
        StrictFields.lineOrNull(o, "requester", WireLimits.LINE),
        StrictFields.lineOrNull(o, "reference", WireLimits.LINE),
        StrictFields.tags(o, "tags"));
  }

  static TicketPatch patch(WireObject o) throws WireFormatException {
    for (String name : List.of("title", "status", "priority", "attempts")) {
      if (o.isNull(name)) {
        throw o.wrong(name, "cannot be cleared: give a value or leave it out");
      }
    }
    return new TicketPatch(
        o.has("title") ? StrictFields.title(o, "title") : null,
        o.isNull("description") ? "" : StrictFields.blockOrNull(o, "description"),
        o.choiceOrNull("status", Choice.STATUS),
        o.choiceOrNull("priority", Choice.PRIORITY),
        given(o, "assignee") ? new NewValue<>(o.agentOrNull("assignee")) : null,
        newLine(o, "requester"),
        newLine(o, "reference"),
        o.integerOrNull("attempts", 0, WireLimits.ATTEMPTS),
        StrictFields.tags(o, "addTags"),
        StrictFields.tags(o, "removeTags"));
  }

  private static boolean given(WireObject o, String name) {
    return o.has(name) || o.isNull(name);
  }

  private static NewValue<String> newLine(WireObject o, String name) throws WireFormatException {
    return given(o, name)
        ? new NewValue<>(StrictFields.lineOrNull(o, name, WireLimits.LINE))
        : null;
  }

  /** A ticket to be imported: what the journal gives is left at 0. */
  static Ticket imported(WireObject o, int comments) throws WireFormatException {
    o.ignore("revision", "changedRevision", "lock");
    Long said = o.countOrNull("commentCount");
    if (said != null && said != comments) {
      throw o.wrong(
          "commentCount", "is " + said + " beside " + comments + " comments: bring them along");
    }
    UUID id = StrictFields.uuidOrNull(o, "id");
    if (id == null) {
      throw o.wrong("id", "is missing: give the ticket's UUID");
    }
    TicketStatus status = o.choiceOrNull("status", Choice.STATUS);
    TicketContent content =
        draft(o).opened().patched(TicketPatch.status(status == null ? TicketStatus.OPEN : status));
    Long attempts = o.integerOrNull("attempts", 0, WireLimits.ATTEMPTS);
    return new Ticket(
        new TicketId(id),
        o.integer("number", 1, WireLimits.MAX_NUMBER),
        content,
        new Stamp(o.time("createdAt"), o.agent("createdBy")),
        new Stamp(o.time("updatedAt"), o.agent("updatedBy")),
        0,
        0,
        comments,
        attempts == null ? 0 : attempts,
        null);
  }

  static List<Comment> comments(List<WireObject> objects) throws WireFormatException {
    List<Comment> comments = new ArrayList<>();
    for (WireObject o : objects) {
      comments.add(comment(o));
    }
    return comments;
  }

  /** A comment to be imported. */
  static Comment comment(WireObject o) throws WireFormatException {
    Long id = o.countOrNull("id");
    return new Comment(
        id == null ? Comment.SELF : id, o.time("at"), o.agent("by"), StrictFields.block(o, "text"));
  }
}

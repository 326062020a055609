package org.lesbillets.model.wire;

import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.Projection;

/** Encoder of tickets, locks and comments. For one thread and one message. */
final class TicketWriter {
  private final WireWriter w;
  private final LockForm form;

  TicketWriter(WireWriter w, LockForm form) {
    this.w = w;
    this.form = form;
  }

  /** A ticket as the value of {@code name}, with its description. */
  WireWriter whole(String name, Ticket ticket) {
    w.beginObject(name);
    return body(ticket, true).endObject();
  }

  /** A ticket as the value of {@code name}, without its description. */
  WireWriter brief(String name, Ticket ticket) {
    w.beginObject(name);
    return body(ticket, false).endObject();
  }

  /** A ticket as an element of a list, or alone, with its description. */
  WireWriter element(Ticket ticket) {
    w.beginObject();
    return body(ticket, true).endObject();
  }

  /** Some fields of a ticket as an element of a list: those of {@link Projection#NAMES}. */
  WireWriter row(Ticket ticket, List<String> fields) {
    w.beginObject();
    for (String name : fields) {
      value(name, ticket);
    }
    return w.endObject();
  }

  private WireWriter value(String name, Ticket ticket) {
    return switch (name) {
      case "id" -> w.shown(name, ticket.id());
      case "number" -> w.number(name, ticket.number());
      case "createdAt" -> w.time(name, ticket.created().at());
      case "createdBy" -> w.shown(name, ticket.created().by());
      case "updatedAt" -> w.time(name, ticket.updated().at());
      case "updatedBy" -> w.shown(name, ticket.updated().by());
      case "revision" -> w.number(name, ticket.revision());
      case "changedRevision" -> w.number(name, ticket.changedRevision());
      case "commentCount" -> w.number(name, ticket.commentCount());
      case "lock" -> lock(name, ticket.lock());
      default -> w.field(TicketField.called(name), ticket.content());
    };
  }

  private WireWriter body(Ticket ticket, boolean described) {
    stampedContent(ticket, described);
    for (TicketField<?> field : TicketField.BEHIND_STAMPS) {
      w.field(field, ticket.content());
    }
    w.number("revision", ticket.revision())
        .number("changedRevision", ticket.changedRevision())
        .number("commentCount", ticket.commentCount());
    return lock("lock", ticket.lock());
  }

  /** A ticket in an import: without what the journal gives. */
  WireWriter imported(String name, Ticket ticket) {
    w.beginObject(name);
    return importedBody(ticket).endObject();
  }

  /** Later fields are left out while empty: the fingerprints of earlier imports stay the same. */
  private WireWriter importedBody(Ticket ticket) {
    stampedContent(ticket, true);
    for (TicketField<?> field : TicketField.BEHIND_STAMPS) {
      if (!ticket.content().isEmpty(field)) {
        w.field(field, ticket.content());
      }
    }
    return w;
  }

  /** A ticket as in an import, with its comments without their ids, in one object. */
  WireWriter line(Ticket ticket, List<Comment> comments) {
    w.beginObject();
    return importedBody(ticket)
        .array("comments", comments, comment -> commentTail(w.beginObject(), comment))
        .endObject();
  }

  private WireWriter stampedContent(Ticket ticket, boolean described) {
    w.shown("id", ticket.id()).number("number", ticket.number());
    for (TicketField<?> field : TicketField.BEFORE_STAMPS) {
      if (described || field != TicketField.DESCRIPTION) {
        w.field(field, ticket.content());
      }
    }
    stamp("created", ticket.created());
    return stamp("updated", ticket.updated());
  }

  private WireWriter stamp(String what, Stamp stamp) {
    return w.time(what + "At", stamp.at()).shown(what + "By", stamp.by());
  }

  /** A lock as the value of {@code name}, or null. */
  WireWriter lock(String name, TicketLock lock) {
    if (lock == null) {
      return w.nothing(name);
    }
    w.beginObject(name)
        .shown("holder", lock.holder())
        .number("token", lock.token())
        .time("since", lock.since())
        .millis("ttlMillis", lock.ttl());
    if (form != LockForm.SETTLED) {
      w.millis("expiresInMillis", lock.expiresIn());
    }
    w.textIfAny("note", lock.note())
        .textIfAny("client", lock.client())
        .flagIfTrue("claimed", lock.kind().isClaim())
        .flagIfTrue("returns", lock.kind().returns());
    if (form == LockForm.COUNTED) {
      w.number("waiting", lock.waiting());
    }
    return w.endObject();
  }

  WireWriter comment(String name, Comment comment) {
    return commentBody(w.beginObject(name), comment);
  }

  WireWriter comments(String name, List<Comment> comments) {
    return w.array(name, comments, comment -> commentBody(w.beginObject(), comment));
  }

  private static WireWriter commentBody(WireWriter begun, Comment comment) {
    return commentTail(begun.number("id", comment.id()), comment);
  }

  private static WireWriter commentTail(WireWriter begun, Comment comment) {
    return begun
        .time("at", comment.at())
        .shown("by", comment.by())
        .text("text", comment.text())
        .endObject();
  }
}

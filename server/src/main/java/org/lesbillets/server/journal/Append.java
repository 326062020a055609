package org.lesbillets.server.journal;

import java.util.List;
import java.util.Objects;
import org.lesbillets.model.Comment;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.event.WireEvent.UnknownEvent;

/**
 * An append: one decided event, with the revision it was decided at (optimistic concurrency).
 * Immutable.
 *
 * @param expectedRevision of the ticket's last event, 0 for a ticket to be created; any other
 *     revision is a conflict
 * @param operation idempotency key to record with the event, or null
 * @param event as decided, not yet {@linkplain WireEvent#sealed sealed}, its times in whole
 *     milliseconds; the ticket of a TicketCreated has number 0 for the next one, or the number it
 *     wants, which it gets if that is free
 * @param comments of a ticket imported or raised, oldest first. Their ids, and that of the event's
 *     comment, are their ordinals within the ticket: the journal keeps them
 */
public record Append(
    long expectedRevision, Operation operation, WireEvent event, List<Comment> comments) {

  /** An append of any event but an import. */
  public Append(long expectedRevision, Operation operation, WireEvent event) {
    this(expectedRevision, operation, event, List.of());
  }

  /**
   * @throws IllegalArgumentException if no journal could keep the event
   */
  public Append {
    Objects.requireNonNull(event, "event");
    comments = List.copyOf(comments);
    if (!comments.isEmpty() && !(event instanceof TicketCreated)) {
      throw new IllegalArgumentException("comments come with a new ticket only");
    }
    if (event instanceof UnknownEvent) {
      throw new IllegalArgumentException("an unknown event is only ever read: " + event.type());
    }
    if (event instanceof TicketCreated != (expectedRevision == 0)) {
      throw new IllegalArgumentException(
          "a create expects revision 0, and nothing else does: " + expectedRevision);
    }
    if (!numbered(event, comments)) {
      throw new IllegalArgumentException("the id of a comment is its ordinal: " + event.type());
    }
    if (event.changesContent() && event.ticket().content().description() == null) {
      throw new IllegalArgumentException("a description belongs to every " + event.type());
    }
    if (event.at().getNano() % 1_000_000 != 0) {
      throw new IllegalArgumentException("times are in whole milliseconds: " + event.at());
    }
  }

  private static boolean numbered(WireEvent event, List<Comment> comments) {
    long count = event.ticket().commentCount();
    boolean own = event.comment() == null || event.comment().id() == count;
    boolean first = !(event instanceof TicketCreated) || comments.size() == count;
    return own && first && (comments.isEmpty() || comments.equals(Comment.numbered(comments)));
  }

  /** Whether it removes something from earlier events, too. */
  public boolean redacts() {
    return event instanceof WireEvent.TicketRedacted;
  }

  public TicketId ticket() {
    return event.ticket().id();
  }
}

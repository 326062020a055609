package org.lesbillets.server.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.lesbillets.model.Comment;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.event.WireEvent.UnknownEvent;

/**
 * One event to be made durable.
 *
 * @param expectedRevision of the ticket's last event, 0 for a ticket that is not there yet: the
 *     append conflicts if it is another one by now
 * @param operation to be remembered with the event, or null
 * @param event as decided, not yet {@linkplain WireEvent#sealed sealed}, its times in whole
 *     milliseconds; the ticket of a TicketCreated has number 0 when the journal is to give it the
 *     next one, or the number it would like to have, which is given to it if it is free
 * @param comments that come with an imported ticket, oldest first; their ids are given by the
 *     journal: it leaves as many revisions free before the event's own
 */
public record Append(
    long expectedRevision, Operation operation, WireEvent event, List<Comment> comments) {

  /** An append without comments of its own. */
  public Append(long expectedRevision, Operation operation, WireEvent event) {
    this(expectedRevision, operation, event, List.of());
  }

  /**
   * @throws IllegalArgumentException if no journal could keep the event: the caller is wrong
   */
  public Append {
    Objects.requireNonNull(event, "event");
    comments = List.copyOf(comments);
    if (!comments.isEmpty() && !(event instanceof TicketCreated created && created.imported())) {
      throw new IllegalArgumentException("comments come with an imported ticket only");
    }
    if (event instanceof UnknownEvent) {
      throw new IllegalArgumentException("an unknown event is only ever read: " + event.type());
    }
    if (event instanceof TicketCreated != (expectedRevision == 0)) {
      throw new IllegalArgumentException(
          "a create expects revision 0, and nothing else does: " + expectedRevision);
    }
    if (event.changesContent() && event.ticket().content().description() == null) {
      throw new IllegalArgumentException("a description belongs to every " + event.type());
    }
    if (event.at().getNano() % 1_000_000 != 0) {
      throw new IllegalArgumentException("times are in whole milliseconds: " + event.at());
    }
  }

  public TicketId ticket() {
    return event.ticket().id();
  }

  /** The revision the event gets where {@code next} is the first that is free. */
  public long revisionFrom(long next) {
    return next + comments.size();
  }

  /**
   * The comments under their ids: the revisions just before the event's own.
   *
   * @param revision of the event
   */
  public List<Comment> commentsBelow(long revision) {
    List<Comment> given = new ArrayList<>(comments.size());
    for (Comment comment : comments) {
      given.add(comment.withId(revision - comments.size() + given.size()));
    }
    return given;
  }
}

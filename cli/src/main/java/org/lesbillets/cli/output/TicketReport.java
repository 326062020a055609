package org.lesbillets.cli.output;

import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;

/**
 * One ticket with its comments and events. Immutable.
 *
 * @param comments oldest first
 * @param history oldest first; null when it was not asked for
 */
public record TicketReport(Ticket ticket, List<Comment> comments, List<SequencedEvent> history) {
  public TicketReport {
    comments = List.copyOf(comments);
    history = history == null ? null : List.copyOf(history);
  }
}

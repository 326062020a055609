package org.lesbillets.cli.command;

import java.util.List;
import java.util.TreeMap;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * Reads a ticket page by page until all of its comments, and its events if they are wanted, are
 * there. Used by one thread; holds all of them.
 */
final class TicketReader {
  private final Desk desk;
  private final boolean withHistory;
  private final TreeMap<Long, Comment> comments = new TreeMap<>();
  private final TreeMap<Long, SequencedEvent> events = new TreeMap<>();

  private TicketReader(Desk desk, boolean withHistory) {
    this.desk = desk;
    this.withHistory = withHistory;
  }

  static TicketReport read(Desk desk, TicketRef ref, boolean withHistory) {
    return new TicketReader(desk, withHistory).report(ref);
  }

  private TicketReport report(TicketRef ref) {
    TicketDetails page = desk.details(ref, withHistory, null);
    Ticket ticket = page.ticket();
    while (take(page) && page.more()) {
      page = desk.details(TicketRef.of(ticket.id()), withHistory, oldest());
    }
    return new TicketReport(
        ticket, List.copyOf(comments.values()), withHistory ? List.copyOf(events.values()) : null);
  }

  /** Every comment is an event too, so where events are read, theirs is the place to go on from. */
  private Long oldest() {
    return withHistory ? events.firstKey() : comments.firstKey();
  }

  /** Whether the page brought something, so that there is a place to go on from. */
  private boolean take(TicketDetails page) {
    int known = withHistory ? events.size() : comments.size();
    page.comments().forEach(comment -> comments.put(comment.id(), comment));
    if (withHistory && page.history() != null) {
      page.history().forEach(event -> events.put(event.revision(), event));
    }
    return (withHistory ? events.size() : comments.size()) > known;
  }
}

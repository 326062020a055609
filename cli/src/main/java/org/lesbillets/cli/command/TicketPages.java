package org.lesbillets.cli.command;

import java.util.List;
import java.util.TreeMap;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * Puts a ticket together from pages, the newest first: its comments, and its events if they are
 * wanted. For one ticket, and one thread; holds all of it.
 */
final class TicketPages {
  private final boolean withHistory;
  private final TreeMap<Long, Comment> comments = new TreeMap<>();
  private final TreeMap<Long, SequencedEvent> events = new TreeMap<>();
  private Ticket ticket;

  TicketPages(boolean withHistory) {
    this.withHistory = withHistory;
  }

  /**
   * Takes a page.
   *
   * @return the revision below which the next page is to be asked for; null when there is none
   */
  Long take(TicketDetails page) {
    ticket = ticket == null ? page.ticket() : ticket;
    int known = comments.size() + events.size();
    page.comments().forEach(comment -> comments.put(comment.id(), comment));
    if (withHistory && page.history() != null) {
      page.history().forEach(event -> events.put(event.revision(), event));
    }
    boolean cameToSomething = comments.size() + events.size() > known;
    return page.more() && cameToSomething ? next() : null;
  }

  /**
   * Nothing of either kind is left out when the next page begins at the one that has come less far.
   * All events are there when the first is; comments that were imported with it are below it.
   */
  private long next() {
    if (comments.isEmpty()) {
      return events.firstKey();
    }
    if (events.isEmpty() || events.firstEntry().getValue().event() instanceof TicketCreated) {
      return comments.firstKey();
    }
    return Math.max(events.firstKey(), comments.firstKey());
  }

  /** The ticket as it was when the first page was made. */
  Ticket ticket() {
    return ticket;
  }

  /** Oldest first. */
  List<Comment> comments() {
    return List.copyOf(comments.values());
  }

  /** Oldest first. */
  List<SequencedEvent> events() {
    return List.copyOf(events.values());
  }

  TicketReport report() {
    return new TicketReport(ticket, comments(), withHistory ? events() : null);
  }
}

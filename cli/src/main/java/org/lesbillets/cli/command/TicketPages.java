package org.lesbillets.cli.command;

import java.util.List;
import java.util.TreeMap;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * Assembles a ticket from pages, newest first: its comments, and its events when asked for. A page
 * has both kinds below one cursor, a revision; maps drop what pages have in common. For one ticket,
 * one thread; buffers all of it.
 */
public final class TicketPages {
  private final boolean withHistory;
  private final TreeMap<Long, Comment> comments = new TreeMap<>();
  private final TreeMap<Long, SequencedEvent> events = new TreeMap<>();
  private Ticket ticket;
  private long before = Long.MAX_VALUE;

  public TicketPages(boolean withHistory) {
    this.withHistory = withHistory;
  }

  /** Reads a ticket page by page until all of it is there. */
  public static TicketReport read(TicketService service, TicketRef ref, boolean withHistory) {
    TicketPages pages = new TicketPages(withHistory);
    Long before = pages.take(service.details(ref, withHistory, null));
    TicketRef whole = TicketRef.of(pages.ticket().id());
    while (before != null) {
      before = pages.take(service.details(whole, withHistory, before));
    }
    return pages.report();
  }

  /**
   * Takes a page.
   *
   * @return the cursor of the next page, a revision; null when there is none
   */
  public Long take(TicketDetails page) {
    ticket = ticket == null ? page.ticket() : ticket;
    page.comments().forEach(comment -> comments.put(comment.id(), comment));
    List<SequencedEvent> history =
        withHistory && page.history() != null ? page.history() : List.of();
    history.forEach(event -> events.put(event.revision(), event));
    Long next = page.more() ? next(page.comments(), history) : null;
    boolean goesOn = next != null && next < before;
    before = goesOn ? next : before;
    return goesOn ? next : null;
  }

  /**
   * The next page begins at the kind that reaches back less far, so that none of either is skipped.
   * All events are there when the first is; comments that were imported with it are below it.
   */
  private static Long next(List<Comment> comments, List<SequencedEvent> events) {
    Long comment = comments.isEmpty() ? null : comments.get(comments.size() - 1).id();
    SequencedEvent event = events.isEmpty() ? null : events.get(events.size() - 1);
    if (event == null || comment != null && event.event() instanceof TicketCreated) {
      return comment;
    }
    return comment == null ? event.revision() : Math.max(comment, event.revision());
  }

  /** The ticket as it was when the first page was made. */
  public Ticket ticket() {
    return ticket;
  }

  /** Oldest first. */
  public List<Comment> comments() {
    return List.copyOf(comments.values());
  }

  /** Oldest first. */
  public List<SequencedEvent> events() {
    return List.copyOf(events.values());
  }

  public TicketReport report() {
    return new TicketReport(ticket, comments(), withHistory ? events() : null);
  }
}

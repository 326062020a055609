package org.lesbillets.cli.command;

import java.util.List;
import java.util.TreeMap;
import org.lesbillets.cli.output.TicketReport;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/**
 * Assembles a ticket from pages, newest first: its comments, and its events when asked for; maps
 * drop what pages have in common. For one ticket, one thread; buffers all of it.
 */
public final class TicketPages {
  private final boolean withHistory;
  private final TreeMap<Long, Comment> comments = new TreeMap<>();
  private final TreeMap<Long, SequencedEvent> events = new TreeMap<>();
  private Ticket ticket;
  private DetailsCursor cursor = DetailsCursor.NEWEST;

  public TicketPages(boolean withHistory) {
    this.withHistory = withHistory;
  }

  /** Reads a ticket page by page until all of it is there. */
  public static TicketReport read(TicketService service, TicketRef ref, boolean withHistory) {
    TicketPages pages = new TicketPages(withHistory);
    DetailsCursor older = pages.take(service.details(ref, withHistory, DetailsCursor.NEWEST));
    TicketRef whole = TicketRef.of(pages.ticket().id());
    while (older != null) {
      older = pages.take(service.details(whole, withHistory, older));
    }
    return pages.report();
  }

  /**
   * Takes a page.
   *
   * @return where the next page begins; null when there is none
   */
  public DetailsCursor take(TicketDetails page) {
    ticket = ticket == null ? page.ticket() : ticket;
    page.comments().forEach(comment -> comments.put(comment.id(), comment));
    List<SequencedEvent> history =
        withHistory && page.history() != null ? page.history() : List.of();
    history.forEach(event -> events.put(event.revision(), event));
    DetailsCursor next = next();
    boolean goesOn =
        page.more()
            && (isLower(next.before(), cursor.before())
                || isLower(next.commentsBefore(), cursor.commentsBefore()));
    cursor = next;
    return goesOn ? next : null;
  }

  private static boolean isLower(Long next, Long last) {
    return next != null && (last == null || next < last);
  }

  /**
   * Below what is there. An earlier server pages comments by {@code before} as well: it continues
   * with their ids when no events are left.
   */
  private DetailsCursor next() {
    Long comment = comments.isEmpty() ? null : comments.firstKey();
    if (events.isEmpty()) {
      return new DetailsCursor(comment, comment);
    }
    Long event = events.firstKey();
    boolean allEvents = events.firstEntry().getValue().event() instanceof TicketCreated;
    Long before = allEvents && isLower(comment, event) ? comment : event;
    return new DetailsCursor(before, comment);
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

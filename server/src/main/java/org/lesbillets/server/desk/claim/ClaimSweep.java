package org.lesbillets.server.desk.claim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.query.BoundQuery;
import org.lesbillets.server.desk.index.ClaimableTickets;
import org.lesbillets.server.work.Slice;

/**
 * One pass over the claimable tickets for those that match any of some queries, a page of the index
 * at a time. The desk's thread takes a page, and a worker compares it; one thread at a time.
 */
public final class ClaimSweep implements QueryPage {
  private final List<BoundQuery> queries;
  private List<Ticket> page = List.of();
  private List<TicketId> matches = new ArrayList<>();
  private Instant now;
  private int at;
  private Ticket last;

  /**
   * @param queries distinct ones
   */
  public ClaimSweep(List<BoundQuery> queries) {
    this.queries = queries;
  }

  /**
   * Takes the next tickets of the index; the desk's thread.
   *
   * @param now wall-clock time for the terms about time
   * @return whether there are any
   */
  public boolean take(ClaimableTickets index, Instant now) {
    page = index.after(last, ClaimSearch.MIN_PAGE);
    last = page.isEmpty() ? last : page.get(page.size() - 1);
    this.now = now;
    at = 0;
    return !page.isEmpty();
  }

  @Override
  public boolean advance(Slice slice) {
    while (at < page.size() * queries.size()) {
      Ticket ticket = page.get(at / queries.size());
      boolean fits = queries.get(at % queries.size()).matches(ticket, now);
      if (fits) {
        matches.add(ticket.id());
      }
      at += fits ? queries.size() - at % queries.size() : 1;
      if (slice.isOver()) {
        break;
      }
    }
    return at >= page.size() * queries.size();
  }

  /** The tickets of the page that match; the desk's thread, once. */
  public List<TicketId> takeMatches() {
    List<TicketId> taken = matches;
    matches = new ArrayList<>();
    return taken;
  }
}

package org.lesbillets.server.desk.claim;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.server.work.Slice;

/**
 * Some claimable tickets that are compared with the query of a claim, in slices. Immutable tickets
 * on the way from the desk's thread to a worker's and back; one thread at a time. At most {@value
 * ClaimSearch#MAX_PAGE} tickets, or as many as changed.
 */
public final class ClaimPage implements QueryPage {
  private final List<Ticket> tickets;
  private final Criterion criterion;
  private final List<Ticket> matches = new ArrayList<>();
  private int at;
  private boolean stopped;

  /**
   * What is looked for.
   *
   * @param bound matches that do not come before this ticket in the order are of no use; or null
   * @param stops whether the first match that is not reserved ends the search
   * @param reserved tickets of the page that other claims are about to get
   */
  record Criterion(
      TicketQuery query,
      QueryContext context,
      Comparator<Ticket> order,
      Ticket bound,
      boolean stops,
      Set<TicketId> reserved) {

    boolean fits(Ticket ticket) {
      return (bound == null || order.compare(ticket, bound) < 0) && query.matches(ticket, context);
    }
  }

  ClaimPage(List<Ticket> tickets, Criterion criterion) {
    this.tickets = tickets;
    this.criterion = criterion;
  }

  @Override
  public boolean advance(Slice slice) {
    while (at < tickets.size() && !stopped) {
      Ticket ticket = tickets.get(at++);
      if (criterion.fits(ticket)) {
        matches.add(ticket);
        stopped = criterion.stops && !criterion.reserved.contains(ticket.id());
      }
      if (slice.isOver()) {
        break;
      }
    }
    return stopped || at >= tickets.size();
  }

  List<Ticket> matches() {
    return matches;
  }

  /** The last ticket that was compared, or null if there was none. */
  Ticket last() {
    return at == 0 ? null : tickets.get(at - 1);
  }

  /** Whether a match ended the search before the page's end. */
  boolean stoppedEarly() {
    return at < tickets.size();
  }
}

package org.lesbillets.server.session;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;
import org.lesbillets.server.desk.index.LockTimes;
import org.lesbillets.server.desk.request.Snapshot;
import org.lesbillets.server.work.Slice;

/**
 * The choice of a list's tickets from a snapshot, in slices: filtered, sorted, limited, with the
 * locks' remaining time; or only their number. A worker's thread, one at a time; holds the matching
 * tickets.
 */
final class ListScan {
  /** Tickets between two looks at the clock when none of them is searched for texts. */
  private static final int STRIDE = 64;

  private final Snapshot snapshot;
  private final TicketQuery query;
  private final TicketOrder order;
  private final Integer limit;
  private final QueryContext context;
  private final LockTimes lockTimes;
  private final boolean counts;
  private final List<Ticket> matching = new ArrayList<>();
  private int total;
  private int at;

  ListScan(GetTickets request, Snapshot snapshot, AgentName agent, LockTimes lockTimes) {
    this.snapshot = snapshot;
    this.query = request.query() == null ? TicketQuery.ALL : request.query();
    this.order = request.order() == null ? TicketOrder.BY_NUMBER : request.order();
    this.limit = request.limit();
    this.counts = request.projection().count();
    this.context = new QueryContext(agent, snapshot.at());
    this.lockTimes = lockTimes;
  }

  /**
   * Looks at further tickets, at least one, until the slice is over.
   *
   * @return whether all were looked at
   */
  boolean advance(Slice slice) {
    List<Ticket> tickets = snapshot.tickets();
    int stride = query.searchesTexts() ? 1 : STRIDE;
    while (at < tickets.size()) {
      Ticket ticket = lockTimes.withRemaining(tickets.get(at++));
      if (query.matches(ticket, context)) {
        total++;
        if (!counts) {
          matching.add(ticket);
        }
      }
      if (at % stride == 0 && slice.isOver()) {
        return at == tickets.size();
      }
    }
    return true;
  }

  /** How many tickets match, whatever the limit. */
  int total() {
    return total;
  }

  /** The tickets of the list, once all were looked at; none where they are only counted. */
  List<Ticket> listed() {
    matching.sort(order.comparator());
    return limit == null || limit >= matching.size()
        ? matching
        : List.copyOf(matching.subList(0, limit));
  }
}

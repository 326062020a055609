package org.lesbillets.server.desk.claim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.server.work.Slice;

/**
 * One claimable ticket that is compared with the queries of the waiting claims, in order of
 * arrival, up to the next match. Immutable tickets and queries on the way from the desk's thread to
 * a worker's and back; one thread at a time. As large as the number of distinct queries.
 */
public final class OfferPage implements QueryPage {
  /** Cheap comparisons between two looks at the clock, which takes as long as one. */
  private static final int CHEAP = 16;

  private final Ticket ticket;
  private final List<ClaimQuery> queries;
  private final Instant now;
  private final List<ClaimQuery> matched = new ArrayList<>(1);
  private int at;

  /**
   * @param queries in the order of the first claim that waits with each; not changed any more
   * @param now wall-clock time for the terms about time
   */
  public OfferPage(Ticket ticket, List<ClaimQuery> queries, Instant now) {
    this.ticket = ticket;
    this.queries = queries;
    this.now = now;
  }

  @Override
  public boolean advance(Slice slice) {
    while (at < queries.size()) {
      ClaimQuery query = queries.get(at++);
      if (query.matches(ticket, now)) {
        matched.add(query);
        return true;
      }
      if ((query.searchesTexts() || at % CHEAP == 0) && slice.isOver()) {
        break;
      }
    }
    return at >= queries.size();
  }

  /** The queries that match, of those compared so far. */
  public List<ClaimQuery> matched() {
    return matched;
  }

  /** The query that is compared next, or null. */
  public ClaimQuery next() {
    return at < queries.size() ? queries.get(at) : null;
  }
}

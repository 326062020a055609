package org.lesbillets.server.desk.claim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.BoundQuery;
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
  private final Instant now;
  private final List<BoundQuery> matched = new ArrayList<>(1);

  /** Those to be compared from {@code at} on, and those that were left out. */
  private List<QueryOrder.First> queries;

  private final List<QueryOrder.First> skipped = new ArrayList<>(0);
  private int at;
  private long end = Long.MAX_VALUE;

  /**
   * @param queries in the order of the first claim that waits with each; not changed any more
   * @param now wall-clock time for the terms about time
   */
  public OfferPage(Ticket ticket, List<QueryOrder.First> queries, Instant now) {
    this.ticket = ticket;
    this.queries = queries;
    this.now = now;
  }

  @Override
  public boolean advance(Slice slice) {
    while (!isDone()) {
      BoundQuery query = queries.get(at++).query();
      if (query.matches(ticket, now)) {
        matched.add(query);
        return true;
      }
      if ((query.searchesTexts() || at % CHEAP == 0) && slice.isOver()) {
        break;
      }
    }
    return isDone();
  }

  private boolean isDone() {
    return at >= queries.size() || queries.get(at).ordinal() >= end;
  }

  /** Queries of claims from this place on need not be compared. */
  public void until(long ordinal) {
    end = ordinal;
  }

  /** Leaves out the next query. */
  public void skip() {
    skipped.add(queries.get(at++));
  }

  /** What was left out is compared after all. */
  public void rewind() {
    if (!skipped.isEmpty()) {
      List<QueryOrder.First> rest = new ArrayList<>(skipped);
      rest.addAll(queries.subList(at, queries.size()));
      queries = rest;
      at = 0;
      skipped.clear();
    }
  }

  /** The queries that match, of those compared so far. */
  public List<BoundQuery> matched() {
    return matched;
  }

  /** The query that is compared next, or null. */
  public QueryOrder.First next() {
    return at < queries.size() ? queries.get(at) : null;
  }
}

package org.lesbillets.server.desk.claim;

import java.util.List;
import java.util.TreeMap;
import org.lesbillets.model.query.BoundQuery;

/**
 * The distinct queries of the waiting claims, in the order of the first claim that waits with each.
 * The desk's thread; as large as their number.
 */
public final class QueryOrder {
  private final TreeMap<Long, First> firsts = new TreeMap<>();

  /** A copy, until they change. */
  private List<First> copy = List.of();

  private boolean mentionsTime;

  /**
   * A query, and the place of the first claim that waits with it.
   *
   * @param ordinal the order of arrival
   */
  public record First(long ordinal, BoundQuery query) {}

  /**
   * The first claim that waits with a query has this place.
   *
   * @param ordinal the order of arrival
   */
  public void put(long ordinal, BoundQuery query) {
    firsts.put(ordinal, new First(ordinal, query));
    copy = null;
  }

  /**
   * The claim with this place waits no longer, or is no longer the first; returns whether it was.
   */
  public boolean remove(long ordinal) {
    boolean was = firsts.remove(ordinal) != null;
    copy = was ? null : copy;
    return was;
  }

  public boolean isEmpty() {
    return firsts.isEmpty();
  }

  /** The queries; never changed. */
  public List<First> queries() {
    if (copy == null) {
      copy = List.copyOf(firsts.values());
      mentionsTime = copy.stream().anyMatch(first -> first.query.mentionsTime());
    }
    return copy;
  }

  /** Whether any query can begin to match without an event. */
  public boolean mentionsTime() {
    return !queries().isEmpty() && mentionsTime;
  }
}

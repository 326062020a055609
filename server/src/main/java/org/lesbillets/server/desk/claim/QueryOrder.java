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

  /** How many can begin to match without an event. */
  private int mentionTime;

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
    remove(ordinal);
    firsts.put(ordinal, new First(ordinal, query));
    mentionTime += query.mentionsTime() ? 1 : 0;
    copy = null;
  }

  /**
   * The claim with this place waits no longer, or is no longer the first; returns whether it was.
   */
  public boolean remove(long ordinal) {
    First was = firsts.remove(ordinal);
    if (was != null) {
      mentionTime -= was.query.mentionsTime() ? 1 : 0;
      copy = null;
    }
    return was != null;
  }

  public boolean isEmpty() {
    return firsts.isEmpty();
  }

  /** The queries; never changed. */
  public List<First> queries() {
    if (copy == null) {
      copy = List.copyOf(firsts.values());
    }
    return copy;
  }

  /** Whether any query can begin to match without an event. */
  public boolean mentionsTime() {
    return mentionTime > 0;
  }
}

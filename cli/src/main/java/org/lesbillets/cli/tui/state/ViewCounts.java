package org.lesbillets.cli.tui.state;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.QueryContext;

/**
 * The number of tickets in each view. A change costs two matches for each view; all tickets are
 * gone through only by a recount, which may run on another thread while changes come in. Owned by
 * one thread; bounded by the number of views.
 */
public final class ViewCounts {
  private final List<Filter> views;
  private final int[] counts;

  /** What has changed since the recount under way began. */
  private final int[] since;

  private boolean known;

  /** The id of the recount under way; 0 when there is none. */
  private long recount;

  private long begunNanos;

  public ViewCounts(List<Filter> views) {
    this.views = List.copyOf(views);
    this.counts = new int[views.size()];
    this.since = new int[views.size()];
  }

  public List<Filter> views() {
    return views;
  }

  /**
   * A recount of the tickets as they are now begins; one that is under way is void.
   *
   * @param id of the recount, more than 0
   */
  public void begin(long id, Now at) {
    Arrays.fill(since, 0);
    recount = id;
    begunNanos = at.nanos();
  }

  /**
   * The result of a recount; left out unless that is the one that began last.
   *
   * @param found a number for each view, negative for one that was left out
   */
  public void counted(long id, List<Integer> found) {
    if (id != recount) {
      return;
    }
    for (int i = 0; i < counts.length; i++) {
      if (found.get(i) >= 0) {
        counts[i] = found.get(i) + since[i];
      }
    }
    known = true;
    recount = 0;
  }

  /** Takes no further part: changes cost nothing until the next recount. */
  public void forget() {
    known = false;
    recount = 0;
  }

  /** Whether there are numbers. */
  public boolean isKnown() {
    return known;
  }

  /** Whether there are numbers, or a recount is under way. */
  public boolean isKept() {
    return known || recount != 0;
  }

  /** Whether there are numbers that were counted so long ago, and no recount is under way. */
  public boolean isOlder(Duration age, Now now) {
    return known && recount == 0 && now.since(begunNanos).compareTo(age) >= 0;
  }

  /**
   * Takes a change of a ticket.
   *
   * @param before null for a new one
   */
  public void changed(Ticket before, Ticket after, QueryContext context) {
    if (isKept()) {
      for (int i = 0; i < counts.length; i++) {
        int by = matches(i, after, context) - matches(i, before, context);
        counts[i] += by;
        since[i] += by;
      }
    }
  }

  private int matches(int view, Ticket ticket, QueryContext context) {
    return ticket != null && views.get(view).query().matches(ticket, context) ? 1 : 0;
  }

  /**
   * How many tickets a view has; empty while that is not known. What only time brings about is in
   * it after the next recount.
   */
  public OptionalInt count(int view) {
    return known ? OptionalInt.of(Math.max(0, counts[view])) : OptionalInt.empty();
  }
}

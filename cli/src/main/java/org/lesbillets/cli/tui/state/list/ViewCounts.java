package org.lesbillets.cli.tui.state.list;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.QueryContext;

/**
 * The number of tickets in each saved view. A change costs two matches for each view. All tickets
 * are scanned only by a recount, which may run on a worker thread; changes that arrive in between
 * are added to its result. Immutable; bounded by the number of views.
 *
 * @param counts one for each view
 * @param since the changes since the present recount began, for each view
 * @param isKnown whether there are numbers
 * @param recount the id of the present recount; 0 for none
 * @param begunNanos when the last recount began
 */
public record ViewCounts(
    List<Filter> views,
    List<Integer> counts,
    List<Integer> since,
    boolean isKnown,
    long recount,
    long begunNanos) {

  public static ViewCounts of(List<Filter> views) {
    return new ViewCounts(List.copyOf(views), zeros(views), zeros(views), false, 0, 0);
  }

  private static List<Integer> zeros(List<Filter> views) {
    return views.stream().map(view -> 0).toList();
  }

  /**
   * Begins a recount of the present tickets; voids an older one.
   *
   * @param id of the recount, more than 0
   */
  public ViewCounts begin(long id, Now at) {
    return new ViewCounts(views, counts, zeros(views), isKnown, id, at.nanos());
  }

  /**
   * The result of a recount; ignored unless it is the present one.
   *
   * @param found a number for each view, negative for one that was left out
   */
  public ViewCounts counted(long id, List<Integer> found) {
    if (id != recount) {
      return this;
    }
    List<Integer> now =
        IntStream.range(0, views.size())
            .mapToObj(i -> found.get(i) < 0 ? counts.get(i) : found.get(i) + since.get(i))
            .toList();
    return new ViewCounts(views, now, since, true, 0, begunNanos);
  }

  /** Without numbers: changes cost nothing until the next recount. */
  public ViewCounts forget() {
    return new ViewCounts(views, counts, since, false, 0, begunNanos);
  }

  /** Whether there are numbers, or will be. */
  public boolean isKept() {
    return isKnown || recount != 0;
  }

  /** Whether the numbers are older than {@code age}, and no recount runs. */
  public boolean isOlder(Duration age, Now now) {
    return isKnown && recount == 0 && now.since(begunNanos).compareTo(age) >= 0;
  }

  /**
   * With the change of a ticket.
   *
   * @param before null for a new ticket
   */
  public ViewCounts changed(Ticket before, Ticket after, QueryContext context) {
    if (!isKept()) {
      return this;
    }
    int[] by = new int[views.size()];
    boolean any = false;
    for (int i = 0; i < by.length; i++) {
      by[i] = matches(i, after, context) - matches(i, before, context);
      any |= by[i] != 0;
    }
    return any
        ? new ViewCounts(views, sum(counts, by), sum(since, by), isKnown, recount, begunNanos)
        : this;
  }

  private int matches(int view, Ticket ticket, QueryContext context) {
    return ticket != null && views.get(view).query().matches(ticket, context) ? 1 : 0;
  }

  private static List<Integer> sum(List<Integer> numbers, int[] by) {
    return IntStream.range(0, by.length).mapToObj(i -> numbers.get(i) + by[i]).toList();
  }

  /**
   * The number of tickets of a view; empty while unknown. Changes by time alone appear with the
   * next recount.
   */
  public OptionalInt count(int view) {
    return isKnown ? OptionalInt.of(Math.max(0, counts.get(view))) : OptionalInt.empty();
  }
}

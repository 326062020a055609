package org.lesbillets.cli.tui.state.list;

import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.TicketId;

/**
 * The list of tickets: its rows, its filters and the job that makes other rows. Immutable but for
 * {@code rows}, which {@linkplain ListRows are mutable} and shared by all values.
 *
 * @param job finds and sorts the rows of another filter on a worker thread; null when none runs
 * @param filteredNanos when rows were last made
 * @param pendingSelection where the cursor is to go when it comes into the list; a key that moves
 *     the cursor voids it; null for nowhere
 * @param complete whether the rows were ever those of a whole snapshot
 * @param frozen whether the rows stand still
 * @param missed how many changes the frozen rows do not show
 */
public record TicketList(
    ListRows rows,
    ListFilters filters,
    FilterJob job,
    long filteredNanos,
    TicketId pendingSelection,
    boolean complete,
    boolean frozen,
    int missed) {

  public static TicketList of(Filter start, Now now) {
    ListFilters filters = ListFilters.of(start);
    return new TicketList(new ListRows(), filters, null, now.nanos(), null, false, false, 0);
  }

  public TicketList wanting(Filter filter) {
    return new TicketList(
        rows, filters.wanting(filter), job, filteredNanos, null, complete, frozen, missed);
  }

  public TicketList chosen(Filter view) {
    return with(filters.chosen(view));
  }

  /** Keeps the filter and the selected ticket for a cancelled filter prompt. */
  public TicketList remembering() {
    return with(filters.remembering(rows.selected().map(row -> row.shown().id()).orElse(null)));
  }

  private TicketList with(ListFilters others) {
    return new TicketList(
        rows, others, job, filteredNanos, pendingSelection, complete, frozen, missed);
  }

  /**
   * Rows are made.
   *
   * @param other null when that is done at once
   */
  public TicketList filtering(FilterJob other, Now now) {
    return new TicketList(
        rows, filters, other, now.nanos(), pendingSelection, complete, frozen, missed);
  }

  public TicketList with(FilterJob other) {
    return new TicketList(
        rows, filters, other, filteredNanos, pendingSelection, complete, frozen, missed);
  }

  /** The rows are those of a filter, and no job is awaited. */
  public TicketList listing(Filter filter, boolean ofWholeSnapshot) {
    return new TicketList(
        rows,
        filters.listing(filter),
        null,
        filteredNanos,
        pendingSelection,
        ofWholeSnapshot,
        frozen,
        missed);
  }

  /**
   * @param ticket null for none
   */
  public TicketList seeking(TicketId ticket) {
    return new TicketList(rows, filters, job, filteredNanos, ticket, complete, frozen, missed);
  }

  public TicketList toggled() {
    return new TicketList(
        rows, filters, job, filteredNanos, pendingSelection, complete, !frozen, 0);
  }

  public TicketList missedOne() {
    return new TicketList(
        rows, filters, job, filteredNanos, pendingSelection, complete, frozen, missed + 1);
  }

  /** Whether the rows are still those of another filter. */
  public boolean isFiltering() {
    return job != null && !job.refresh();
  }
}

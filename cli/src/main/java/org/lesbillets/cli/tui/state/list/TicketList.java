package org.lesbillets.cli.tui.state.list;

import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.TicketId;

/**
 * The list: its rows, its filters and the job that makes other rows. Immutable but for {@code
 * rows}, which {@linkplain ListRows are mutable} and shared by all values.
 *
 * @param job makes the rows of a filter on a worker thread; null for none
 * @param filteredNanos when rows were last made
 * @param pendingSelection the ticket to select as soon as the list has it, voided by a key that
 *     moves the cursor; null for none
 * @param complete whether the rows were ever those of a complete snapshot
 * @param frozen whether the rows stand still
 * @param missed the number of changes that frozen rows do not show
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

  /** Remembers the filter and the selected ticket, for a cancelled filter prompt. */
  public TicketList remembering() {
    return with(filters.remembering(rows.selected().map(row -> row.shown().id()).orElse(null)));
  }

  private TicketList with(ListFilters others) {
    return new TicketList(
        rows, others, job, filteredNanos, pendingSelection, complete, frozen, missed);
  }

  /**
   * With the job that makes the rows.
   *
   * @param other null when they are made at once
   */
  public TicketList filtering(FilterJob other, Now now) {
    return new TicketList(
        rows, filters, other, now.nanos(), pendingSelection, complete, frozen, missed);
  }

  public TicketList with(FilterJob other) {
    return new TicketList(
        rows, filters, other, filteredNanos, pendingSelection, complete, frozen, missed);
  }

  /** With the rows of a filter; no job is awaited any more. */
  public TicketList listing(Filter filter, boolean whole) {
    return new TicketList(
        rows,
        filters.listing(filter),
        null,
        filteredNanos,
        pendingSelection,
        whole,
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

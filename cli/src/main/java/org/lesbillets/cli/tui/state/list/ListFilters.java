package org.lesbillets.cli.tui.state.list;

import org.lesbillets.model.TicketId;

/**
 * The filters of the list. Immutable.
 *
 * @param wanted the filter the list is to show
 * @param listed the filter its rows were made with; differs while a {@link FilterJob} runs
 * @param view the view chosen last, which clearing a typed filter returns to
 * @param before the filter to restore when the filter prompt is cancelled; null before its first
 *     use
 * @param ticketBefore the ticket that was selected then; null for none
 */
public record ListFilters(
    Filter wanted, Filter listed, Filter view, Filter before, TicketId ticketBefore) {

  static ListFilters of(Filter start) {
    return new ListFilters(start, start, start, null, null);
  }

  ListFilters wanting(Filter other) {
    return new ListFilters(other, listed, view, before, ticketBefore);
  }

  ListFilters listing(Filter other) {
    return new ListFilters(wanted, other, view, before, ticketBefore);
  }

  ListFilters chosen(Filter other) {
    return new ListFilters(wanted, listed, other, before, ticketBefore);
  }

  ListFilters remembering(TicketId selected) {
    return new ListFilters(wanted, listed, view, wanted, selected);
  }
}

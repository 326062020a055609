package org.lesbillets.cli.command;

import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/**
 * Which tickets, in which order.
 *
 * @param query null for all
 * @param order null for by number
 * @param limit at most so many, 1 or more; null for all
 */
public record TicketSelection(TicketQuery query, TicketOrder order, Integer limit) {
  /** All tickets that match a query, by number. */
  public static TicketSelection of(String query) {
    return of(QueryWords.parse(query));
  }

  /** All tickets that match a query, by number. */
  public static TicketSelection of(TicketQuery query) {
    return new TicketSelection(query, null, null);
  }
}

package org.lesbillets.cli.command;

import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.Projection;
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
  /**
   * The request for them.
   *
   * @param fresh whether with every change that was acknowledged before, by any server
   */
  GetTickets request(String requestId, boolean fresh) {
    return new GetTickets(requestId, query, order, limit).fresh(fresh);
  }

  /**
   * The request for their number. An older server does not know how to count, and is to answer with
   * few tickets.
   */
  GetTickets counting(String requestId) {
    return new GetTickets(requestId, query, null, 1).telling(Projection.COUNT);
  }

  /** All tickets that match a query, by number. */
  public static TicketSelection of(String query) {
    return of(QueryWords.parse(query));
  }

  /** All tickets that match a query, by number. */
  public static TicketSelection of(TicketQuery query) {
    return new TicketSelection(query, null, null);
  }
}

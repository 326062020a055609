package org.lesbillets.cli.tui.state.list;

import java.util.Objects;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

/**
 * A query with an order: what a list shows. Immutable.
 *
 * @param name of the saved view it is, or null
 */
public record Filter(TicketQuery query, TicketOrder order, String name) {
  public Filter {
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(order, "order");
  }

  /** The same order for another query; it is no saved view any more. */
  public Filter withQuery(TicketQuery other) {
    return other.equals(query) ? this : new Filter(other, order, null);
  }

  public Filter withOrder(TicketOrder other) {
    return new Filter(query, other, name);
  }
}

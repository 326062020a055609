package org.lesbillets.cli.tui.update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.tui.state.Filter;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.QueryContext;

/** Finds and sorts what a filter shows. Pure; any thread. */
public final class Sieve {
  /** Who {@code me} is before the server has said it: nobody can be called so by a ticket. */
  private static final AgentName NOBODY = new AgentName("nobody-yet");

  private Sieve() {}

  /**
   * The tickets a filter shows, in its order.
   *
   * @param me null before that is known
   */
  public static List<Ticket> sift(
      Iterable<Ticket> tickets, Filter filter, AgentName me, Instant now) {
    QueryContext context = context(me, now);
    List<Ticket> found = new ArrayList<>();
    for (Ticket ticket : tickets) {
      if (filter.query().matches(ticket, context)) {
        found.add(ticket);
      }
    }
    found.sort(filter.order().comparator());
    return found;
  }

  static QueryContext context(AgentName me, Instant now) {
    return new QueryContext(me == null ? NOBODY : me, now);
  }
}

package org.lesbillets.cli.tui.state.list;

import java.util.LinkedHashSet;
import java.util.Set;
import org.lesbillets.model.TicketId;

/**
 * A list being made on a worker thread. Immutable.
 *
 * @param id of its effect
 * @param refresh whether its filter is the one on the screen
 * @param touched the tickets that changed since it began, the last one first: they are matched
 *     again when it ends; null for none
 */
public record FilterJob(long id, Filter filter, boolean refresh, Touched touched) {

  /** A persistent linked list: adding is O(1), whatever the rate of changes. */
  record Touched(TicketId ticket, Touched before) {}

  /** With one more changed ticket. */
  public FilterJob touching(TicketId ticket) {
    return new FilterJob(id, filter, refresh, new Touched(ticket, touched));
  }

  /** The tickets that changed, each once. */
  public Set<TicketId> changed() {
    Set<TicketId> changed = new LinkedHashSet<>();
    for (Touched one = touched; one != null; one = one.before()) {
      changed.add(one.ticket());
    }
    return changed;
  }
}

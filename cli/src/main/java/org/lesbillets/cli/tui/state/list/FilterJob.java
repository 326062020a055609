package org.lesbillets.cli.tui.state.list;

import java.util.LinkedHashSet;
import java.util.Set;
import org.lesbillets.model.TicketId;

/**
 * A list that is being made on a worker thread. Immutable.
 *
 * @param id of the effect
 * @param refresh whether it is the same list again
 * @param touched the last ticket that changed since, and the ones before it: these are matched once
 *     more when the list arrives; null for none
 */
public record FilterJob(long id, Filter filter, boolean refresh, Touched touched) {

  /** A persistent list, so that a change costs the same however many there were. */
  record Touched(TicketId ticket, Touched before) {}

  public static FilterJob of(long id, Filter filter, boolean refresh) {
    return new FilterJob(id, filter, refresh, null);
  }

  /** With one more ticket that changed. */
  public FilterJob touching(TicketId ticket) {
    return new FilterJob(id, filter, refresh, new Touched(ticket, touched));
  }

  /** The tickets that changed since, each once. */
  public Set<TicketId> changed() {
    Set<TicketId> changed = new LinkedHashSet<>();
    for (Touched one = touched; one != null; one = one.before()) {
      changed.add(one.ticket());
    }
    return changed;
  }
}

package org.lesbillets.cli.tui.update;

import java.util.HashSet;
import java.util.Set;
import org.lesbillets.cli.tui.state.Filter;
import org.lesbillets.model.TicketId;

/**
 * A list that is being made elsewhere.
 *
 * @param refresh whether it is the same list again
 * @param touched the tickets that changed since; they are looked at once more when it comes
 */
record Sifting(long id, Filter filter, boolean refresh, Set<TicketId> touched) {
  static Sifting of(long id, Filter filter, boolean refresh) {
    return new Sifting(id, filter, refresh, new HashSet<>());
  }
}

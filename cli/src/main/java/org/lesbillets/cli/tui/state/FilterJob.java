package org.lesbillets.cli.tui.state;

import java.util.HashSet;
import java.util.Set;
import org.lesbillets.model.TicketId;

/**
 * A list that is being made elsewhere.
 *
 * @param refresh whether it is the same list again
 * @param touched the tickets that changed since; they are looked at once more when it comes
 */
public record FilterJob(long id, Filter filter, boolean refresh, Set<TicketId> touched) {
  public static FilterJob of(long id, Filter filter, boolean refresh) {
    return new FilterJob(id, filter, refresh, new HashSet<>());
  }
}

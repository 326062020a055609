package org.lesbillets.cli.tui.state.list;

import java.time.Duration;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.Ticket;

/**
 * A row of the list. Immutable.
 *
 * @param placed the version of the ticket that decides the position
 * @param shown the version that is shown
 * @param gone whether it does not match any more and stays only until the cursor moves
 * @param changedNanos when a change was last highlighted, on the monotonic clock; null for never
 */
public record ListRow(Ticket placed, Ticket shown, boolean gone, Long changedNanos) {

  /** The time a change is highlighted. */
  public static final Duration FRESH = Duration.ofMillis(1_500);

  /** Whether its last change is still highlighted. */
  public boolean isFresh(Now now) {
    return changedNanos != null && now.since(changedNanos).compareTo(FRESH) < 0;
  }
}

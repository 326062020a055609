package org.lesbillets.cli.tui.state.list;

import java.time.Duration;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.Ticket;

/**
 * A ticket in the list.
 *
 * @param placed the ticket as it was when it got its place: where it stands is told by this one
 * @param shown the ticket as the list shows it
 * @param gone whether it does not belong to the list any more, and only stays until the cursor
 *     moves
 * @param changedNanos when it was last changed before one's eyes, on the clock that never jumps;
 *     null when it was not
 */
public record Row(Ticket placed, Ticket shown, boolean gone, Long changedNanos) {

  /** How long a change is pointed out. */
  public static final Duration FRESH = Duration.ofMillis(1_500);

  /** Whether it changed so short a time ago that it is to be pointed out. */
  public boolean isFresh(Now now) {
    return changedNanos != null && now.since(changedNanos).compareTo(FRESH) < 0;
  }
}

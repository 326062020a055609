package org.lesbillets.cli.tui.state.list;

import java.time.Duration;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.Ticket;

/**
 * When a lock runs out, if nobody renews it: counted on this machine's clock from the moment it was
 * told, since time left never travels as a time of day.
 *
 * @param ticket as it was told with the lock
 * @param nanos on the clock that never jumps
 */
public record LeaseEnd(Ticket ticket, long nanos) {

  /** How long it still lasts; zero when it should be over. */
  public Duration left(Now now) {
    Duration left = Duration.ofNanos(nanos - now.nanos());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether little of it is left: a tenth of its time, at most a minute, and the last 10 s. */
  public boolean isEnding(Now now) {
    long ttl = ticket.lock().ttl().toMillis();
    return left(now).toMillis() <= Math.min(60_000, Math.max(Math.min(10_000, ttl / 3), ttl / 10));
  }
}

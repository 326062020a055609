package org.lesbillets.cli.tui.state.list;

import java.time.Duration;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.model.Ticket;

/**
 * The deadline of a lease on the monotonic clock of this machine, counted from the arrival of its
 * event: the wire has remaining times only, so clocks need not agree. Immutable.
 *
 * @param ticket as of the grant or renewal
 * @param nanos on the monotonic clock
 */
public record LeaseDeadline(Ticket ticket, long nanos) {

  /** The remaining time; zero when overdue. */
  public Duration left(Now now) {
    Duration left = Duration.ofNanos(nanos - now.nanos());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Whether it ends soon: within a tenth of its time, at most a minute, at least 10 s. */
  public boolean isEnding(Now now) {
    long ttl = ticket.lock().ttl().toMillis();
    return left(now).toMillis() <= Math.min(60_000, Math.max(Math.min(10_000, ttl / 3), ttl / 10));
  }
}

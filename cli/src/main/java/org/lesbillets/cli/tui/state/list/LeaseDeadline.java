package org.lesbillets.cli.tui.state.list;

import java.time.Duration;
import java.util.Locale;
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
  private static final int HOUR = 3600;

  /** The remaining time; zero when overdue. */
  public Duration left(Now now) {
    Duration left = Duration.ofNanos(nanos - now.nanos());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The remaining time in at most five characters: {@code 9:05}, {@code 1h05m}. */
  public String countdown(Now now) {
    return countdown(left(now));
  }

  /** As {@link #countdown(Now)}, for any time; a negative one counts as none. */
  public static String countdown(Duration left) {
    long seconds = Math.max(0, left.toSeconds());
    return seconds < HOUR
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%dh%02dm", seconds / HOUR, seconds % HOUR / 60);
  }

  /** Whether it ends soon: within a tenth of its time, at most a minute, at least 10 s. */
  public boolean isEnding(Now now) {
    long ttl = ticket.lock().ttl().toMillis();
    return left(now).toMillis() <= Math.min(60_000, Math.max(Math.min(10_000, ttl / 3), ttl / 10));
  }
}

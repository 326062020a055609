package org.lesbillets.server.session;

import java.time.Duration;
import java.util.Optional;
import org.lesbillets.server.world.TimeSource;

/**
 * Whether the server is drained: it admits no new session, and closes those there are after a time
 * limit. Any thread.
 *
 * <pre>
 *              begin (again: another limit)
 *   SERVING -------------------------------> DRAINED
 *      ^                                        |
 *      +---------------- cancel ----------------+
 * </pre>
 */
public final class DrainState {
  private final TimeSource time;
  private volatile Drain present;

  /**
   * A drain on the monotonic clock.
   *
   * @param closeNanos when the sessions from before it are closed
   */
  private record Drain(long beganNanos, long closeNanos) {}

  public DrainState(TimeSource time) {
    this.time = time;
  }

  /**
   * Begins a drain, or gives the present one another limit.
   *
   * @param after the time until the sessions are closed
   */
  public synchronized void begin(Duration after) {
    long now = time.nanos();
    Drain before = present;
    present = new Drain(before == null ? now : before.beganNanos, now + after.toNanos());
  }

  /** Ends the drain, if there is one. */
  public synchronized void cancel() {
    present = null;
  }

  /** A sentence while the server is drained. */
  public Optional<String> reason() {
    return present == null
        ? Optional.empty()
        : Optional.of(
            "The server is drained, and admits no new session: wait until it is back, or use"
                + " another one.");
  }

  /** The time until sessions are closed, zero when that is over; empty while the server serves. */
  Optional<Duration> left() {
    Drain drain = present;
    return drain == null
        ? Optional.empty()
        : Optional.of(Duration.ofNanos(Math.max(0, drain.closeNanos - time.nanos())));
  }

  /**
   * Whether a session must be closed by now.
   *
   * @param administers whether one that was opened since the drain began may stay; any other was
   *     admitted before that
   */
  boolean closes(long openedNanos, boolean administers, long now) {
    Drain drain = present;
    return drain != null
        && !(administers && openedNanos - drain.beganNanos > 0)
        && now - drain.closeNanos >= 0;
  }
}

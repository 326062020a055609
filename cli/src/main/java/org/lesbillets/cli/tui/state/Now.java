package org.lesbillets.cli.tui.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * The time of an event, read from both clocks by the loop, so that an update reads none. Immutable.
 *
 * @param nanos on the monotonic clock, for timeouts and countdowns
 * @param wall on the wall clock, for display only
 */
public record Now(long nanos, Instant wall) {
  public Now {
    Objects.requireNonNull(wall, "wall");
  }

  /** The time since {@code earlier}, a reading of the same clock; negative for the future. */
  public Duration since(long earlier) {
    return Duration.ofNanos(nanos - earlier);
  }

  /** A later time. */
  public Now plus(Duration time) {
    return new Now(nanos + time.toNanos(), wall.plus(time));
  }
}

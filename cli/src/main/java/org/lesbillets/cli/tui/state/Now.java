package org.lesbillets.cli.tui.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * When something reached the live view. Time is an input: whoever hands in an event reads the
 * clocks.
 *
 * @param nanos on the clock that never jumps, for whatever is counted down
 * @param wall on the wall clock, for what is only shown
 */
public record Now(long nanos, Instant wall) {
  public Now {
    Objects.requireNonNull(wall, "wall");
  }

  /** How long ago {@code earlier} was, a reading of the same clock; negative when it is to come. */
  public Duration since(long earlier) {
    return Duration.ofNanos(nanos - earlier);
  }

  /** The moment so much later. */
  public Now plus(Duration time) {
    return new Now(nanos + time.toNanos(), wall.plus(time));
  }
}

package org.lesbillets.cli.command;

import java.time.Duration;
import org.lesbillets.model.DurationText;

/** Lengths of time that something takes: none is zero, and all can be counted in nanoseconds. */
final class Durations {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  /**
   * @throws IllegalArgumentException if the text is none; the message says what would be
   */
  static Duration parse(String text) {
    Duration duration = DurationText.parse(text);
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is not between 1ms and 36500d");
    }
    return duration;
  }
}

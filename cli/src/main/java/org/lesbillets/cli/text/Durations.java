package org.lesbillets.cli.text;

import java.time.Duration;
import org.lesbillets.model.DurationText;

/** Lengths of time that something takes: none is zero, and all can be counted in nanoseconds. */
public final class Durations {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Durations() {}

  /**
   * Reads a length of time, more than zero and at most 36500 days.
   *
   * @throws IllegalArgumentException if the text is none; the message says what would be
   */
  public static Duration parse(String text) {
    Duration duration = DurationText.parse(text);
    if (duration.isZero() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("'" + text + "' is not between 1ms and 36500d");
    }
    return duration;
  }
}

package org.lesbillets.cli.text;

import java.time.Duration;
import org.lesbillets.model.DurationText;

/**
 * Parser and formatter of durations: as typed (more than zero, and countable in nanoseconds) and as
 * in a sentence. Stateless; any thread.
 */
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

  /** As people write durations, rounded: {@code 10 s}, {@code 2.5 s}, {@code 250 ms}. */
  public static String inSentence(Duration duration) {
    long millis = duration.toMillis();
    if (millis < 950) {
      return millis + " ms";
    }
    long tenths = (millis + 50) / 100;
    return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
  }
}

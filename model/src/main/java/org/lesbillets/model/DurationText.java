package org.lesbillets.model;

import java.time.Duration;
import java.util.Objects;

/**
 * Durations as people write them: a whole number and a unit, {@code 500ms}, {@code 30s}, {@code
 * 15m}, {@code 2h} or {@code 3d}. Stateless; any thread.
 */
public final class DurationText {
  /** The longest duration that can be written: exact in every JSON reader. */
  private static final long MAX_MILLIS = (1L << 53) - 1;

  private static final int MAX_DIGITS = 15;

  /** The units, the longest first: an exact text is looked for in this order. */
  private enum Unit {
    DAYS("d", 86_400_000),
    HOURS("h", 3_600_000),
    MINUTES("m", 60_000),
    SECONDS("s", 1_000),
    MILLIS("ms", 1);

    private final String suffix;
    private final long millis;

    Unit(String suffix, long millis) {
      this.suffix = suffix;
      this.millis = millis;
    }
  }

  private DurationText() {}

  /**
   * Reads a duration; 0 is one, in any unit.
   *
   * @throws IllegalArgumentException if the text is none, or one of 2^53 ms or more; the message
   *     says what would be one
   */
  public static Duration parse(String text) {
    Objects.requireNonNull(text, "text");
    int digits = leadingDigits(text);
    String suffix = text.substring(digits);
    for (Unit unit : Unit.values()) {
      if (unit.suffix.equals(suffix) && digits > 0) {
        return Duration.ofMillis(millis(text, digits, unit));
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is no duration: write a number and a unit, as in 500ms, 30s, 15m, 2h or 3d");
  }

  private static int leadingDigits(String text) {
    int end = 0;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static long millis(String text, int digits, Unit unit) {
    if (digits <= MAX_DIGITS) {
      long amount = Long.parseLong(text, 0, digits, 10);
      if (amount <= MAX_MILLIS / unit.millis) {
        return amount * unit.millis;
      }
    }
    throw new IllegalArgumentException("'" + text + "' is longer than any duration here can be");
  }

  /**
   * Writes a duration so that {@link #parse} gives it back, in the longest unit that is exact;
   * fractions of a millisecond are cut off.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a duration is written without a sign: " + duration);
    }
    long millis = duration.toMillis();
    if (millis == 0) {
      return "0s";
    }
    for (Unit unit : Unit.values()) {
      if (millis % unit.millis == 0) {
        return millis / unit.millis + unit.suffix;
      }
    }
    throw new IllegalStateException("no unit divides " + millis + " ms");
  }
}

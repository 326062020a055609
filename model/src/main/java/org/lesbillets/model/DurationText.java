package org.lesbillets.model;

import java.time.Duration;
import java.util.Objects;

/**
 * Durations as people write them: whole numbers, each with its unit, the longest unit first and
 * none twice: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 2h}, {@code 3d} or {@code 1h30m}.
 * Stateless; any thread.
 */
public final class DurationText {
  /** The longest duration that can be written: exact in every JSON reader. */
  private static final long MAX_MILLIS = (1L << 53) - 1;

  private static final int MAX_DIGITS = 15;

  /** How one is written, for the sentence that says so. */
  public static final String FORM =
      "write a number and a unit, as in 500ms, 30s, 15m, 2h or 3d, or several with the longest unit"
          + " first, as in 1h30m";

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
    int at = 0;
    long total = 0;
    long shorterThan = Long.MAX_VALUE;
    while (at < text.length() || at == 0) {
      int letters = endOf(text, at, true);
      int next = endOf(text, letters, false);
      Unit unit = unit(text.substring(letters, next));
      if (letters == at || unit == null || unit.millis >= shorterThan) {
        throw none(text);
      }
      total += millis(text, at, letters, unit);
      if (total > MAX_MILLIS) {
        throw tooLong(text);
      }
      shorterThan = unit.millis;
      at = next;
    }
    return Duration.ofMillis(total);
  }

  private static IllegalArgumentException none(String text) {
    return new IllegalArgumentException("'" + text + "' is no duration: " + FORM);
  }

  private static IllegalArgumentException tooLong(String text) {
    return new IllegalArgumentException("'" + text + "' is longer than any duration here can be");
  }

  private static Unit unit(String suffix) {
    for (Unit unit : Unit.values()) {
      if (unit.suffix.equals(suffix)) {
        return unit;
      }
    }
    return null;
  }

  /** Where the digits, or what is none, that begin at a place end. */
  private static int endOf(String text, int start, boolean digits) {
    int end = start;
    while (end < text.length() && isDigit(text.charAt(end)) == digits) {
      end++;
    }
    return end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long millis(String text, int start, int end, Unit unit) {
    if (end - start <= MAX_DIGITS) {
      long amount = Long.parseLong(text, start, end, 10);
      if (amount <= MAX_MILLIS / unit.millis) {
        return amount * unit.millis;
      }
    }
    throw tooLong(text);
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

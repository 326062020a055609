package org.lesbillets.model;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes as people write it: a whole number and its unit, as in {@code 512KiB}.
 * Immutable.
 *
 * @param bytes 0 or more
 */
public record ByteCount(long bytes) {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(B|KiB|MiB|GiB)");
  private static final long KIBI = 1_024;

  /** The units, the largest first. */
  private enum Unit {
    GiB(KIBI * KIBI * KIBI),
    MiB(KIBI * KIBI),
    KiB(KIBI),
    B(1);

    private final long bytes;

    Unit(long bytes) {
      this.bytes = bytes;
    }
  }

  public ByteCount {
    if (bytes < 0) {
      throw new IllegalArgumentException("a number of bytes is not negative: " + bytes);
    }
  }

  /**
   * Reads a number of bytes.
   *
   * @throws IllegalArgumentException if the text is none; the message says what would be one
   */
  public static ByteCount parse(String text) {
    Objects.requireNonNull(text, "text");
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no number of bytes: write a number and a unit, as in 512KiB, 32MiB or 1GiB");
    }
    return new ByteCount(Long.parseLong(form.group(1)) * Unit.valueOf(form.group(2)).bytes);
  }

  /** In the largest unit that is exact, so that {@link #parse} gives it back. */
  @Override
  public String toString() {
    for (Unit unit : Unit.values()) {
      if (bytes % unit.bytes == 0 && bytes >= unit.bytes) {
        return bytes / unit.bytes + unit.name();
      }
    }
    return "0B";
  }
}

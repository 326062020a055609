package org.lesbillets.cli.command;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads lengths of time as people type them: {@code 500ms}, {@code 30s}, {@code 15m}, {@code 3d}.
 */
final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,12})(ms|s|m|h|d)");

  private Durations() {}

  /**
   * @throws IllegalArgumentException if it is none, or zero; the message says how to write one
   */
  static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "'" + text + "' is no length of time: write it like 500ms, 30s, 15m, 2h or 3d");
    }
    Duration duration = Duration.ofMillis(millis(matcher.group(2))).multipliedBy(count(matcher));
    if (duration.isZero() || duration.compareTo(Duration.ofDays(36_500)) > 0) {
      throw new IllegalArgumentException("'" + text + "' is not between 1ms and 36500d");
    }
    return duration;
  }

  private static long count(Matcher matcher) {
    return Long.parseLong(matcher.group(1));
  }

  private static long millis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      default -> 86_400_000;
    };
  }
}

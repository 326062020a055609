package org.lesbillets.cli.text;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Formatter of times for people, in the time zone of {@code clock}. Immutable. */
public record HumanTime(Clock clock) {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter WEEKDAY =
      DateTimeFormatter.ofPattern("EEE HH:mm", Locale.ENGLISH);
  private static final int LAST_DAY = 6;
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  /** Day and minute. */
  public String day(Instant at) {
    return DAY.withZone(clock.getZone()).format(at);
  }

  /**
   * A moment to come, as short as it can be: {@code 09:00} today, {@code fri 09:00} within a week,
   * else day and minute.
   */
  public String moment(Instant at) {
    long days =
        ChronoUnit.DAYS.between(LocalDate.now(clock), LocalDate.ofInstant(at, clock.getZone()));
    if (days < 0 || days > LAST_DAY) {
      return day(at);
    }
    DateTimeFormatter form = days == 0 ? MINUTE : WEEKDAY;
    return form.withZone(clock.getZone()).format(at).toLowerCase(Locale.ROOT);
  }

  /** The time of day, with seconds. */
  public String second(Instant at) {
    return SECOND.withZone(clock.getZone()).format(at);
  }

  /**
   * How long ago, in the largest unit that fits: {@code 45s}, {@code 12m}, {@code 3h}, {@code 9d}.
   */
  public String age(Instant at) {
    Duration age = Duration.between(at, clock.instant());
    if (age.toSeconds() < 1) {
      return "now";
    }
    if (age.toMinutes() < 1) {
      return age.toSeconds() + "s";
    }
    if (age.toHours() < 1) {
      return age.toMinutes() + "m";
    }
    return age.toHours() < 48 ? age.toHours() + "h" : age.toDays() + "d";
  }

  /** A length of time in its two largest units: {@code 45s}, {@code 13m 20s}, {@code 1h 05m}. */
  public static String length(Duration length) {
    long seconds = Math.max(0, length.toSeconds());
    if (seconds < 60) {
      return seconds + "s";
    }
    if (seconds < 3600) {
      return two(seconds / 60, "m", seconds % 60, "s");
    }
    return seconds < 48 * 3600
        ? two(seconds / 3600, "h", seconds % 3600 / 60, "m")
        : two(seconds / 86400, "d", seconds % 86400 / 3600, "h");
  }

  private static String two(long large, String largeUnit, long small, String smallUnit) {
    return small == 0
        ? large + largeUnit
        : String.format(Locale.ROOT, "%d%s %02d%s", large, largeUnit, small, smallUnit);
  }
}

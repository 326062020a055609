package org.lesbillets.model;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/**
 * Codec of times: RFC 3339 in UTC with exactly milliseconds. The usual form is parsed and formatted
 * by hand, since a DateTimeFormatter would dominate the latency of a snapshot and of the start of a
 * short command. Stateless; any thread.
 */
public final class WireTime {
  private static final String SHAPE = "0000-00-00T00:00:00.000Z";
  private static final long MILLIS_OF_DAY = 86_400_000L;
  private static final long FIRST = -62_167_219_200_000L;
  private static final long LAST = 253_402_300_799_999L;

  private WireTime() {}

  /** The text of {@code time}; what is finer than a millisecond is cut off. */
  public static String format(Instant time) {
    long millis = Math.min(LAST, Math.max(FIRST, time.toEpochMilli()));
    LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(millis, MILLIS_OF_DAY));
    int rest = (int) Math.floorMod(millis, MILLIS_OF_DAY);
    char[] text = SHAPE.toCharArray();
    digits(text, 0, 4, day.getYear());
    digits(text, 5, 2, day.getMonthValue());
    digits(text, 8, 2, day.getDayOfMonth());
    digits(text, 11, 2, rest / 3_600_000);
    digits(text, 14, 2, rest / 60_000 % 60);
    digits(text, 17, 2, rest / 1000 % 60);
    digits(text, 20, 3, rest % 1000);
    return new String(text);
  }

  private static void digits(char[] text, int at, int count, int value) {
    int rest = value;
    for (int i = at + count - 1; i >= at; i--) {
      text[i] = (char) ('0' + rest % 10);
      rest /= 10;
    }
  }

  /**
   * Reads any RFC 3339 time of the years 0 to 9999; what is finer than a millisecond is cut off.
   *
   * @throws DateTimeException if it is none
   */
  public static Instant parse(String text) {
    if (isUsual(text)) {
      long day =
          LocalDate.of(number(text, 0, 4), number(text, 5, 2), number(text, 8, 2)).toEpochDay();
      return Instant.ofEpochMilli(day * MILLIS_OF_DAY + millisOfDay(text));
    }
    Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MILLIS);
    if (time.isBefore(Instant.ofEpochMilli(FIRST)) || time.isAfter(Instant.ofEpochMilli(LAST))) {
      throw new DateTimeException("out of range");
    }
    return time;
  }

  private static long millisOfDay(String text) {
    int hour = number(text, 11, 2);
    int minute = number(text, 14, 2);
    int second = number(text, 17, 2);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new DateTimeException("no such time of day");
    }
    return ((hour * 60L + minute) * 60 + second) * 1000 + number(text, 20, 3);
  }

  private static boolean isUsual(String text) {
    if (text.length() != SHAPE.length()) {
      return false;
    }
    for (int i = 0; i < SHAPE.length(); i++) {
      char c = text.charAt(i);
      boolean fits = SHAPE.charAt(i) == '0' ? c >= '0' && c <= '9' : c == SHAPE.charAt(i);
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int at, int count) {
    int value = 0;
    for (int i = at; i < at + count; i++) {
      value = value * 10 + text.charAt(i) - '0';
    }
    return value;
  }
}

package org.lesbillets.cli.text;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser of moments as people write them, in the time zone of a clock: {@code 09:00} for the next
 * such moment, {@code tomorrow 9:00}, {@code fri 17:00} within 7 days, or ISO 8601, local where it
 * has no offset. Stateless.
 */
public final class TimeText {
  /** The written forms, for complaints. */
  public static final String FORM =
      "write 09:00, 'tomorrow 9:00', 'fri 17:00', 2026-12-01T09:00 or 2026-12-01T09:00Z";

  private static final Pattern OF_DAY =
      Pattern.compile("(?:([a-z]+)\\s+)?([01]?[0-9]|2[0-3]):([0-5][0-9])");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final int LAST_YEAR = 9_999;
  private static final int SHORT = 3;

  private TimeText() {}

  /**
   * The moment a text means, in whole milliseconds; a written date may be past.
   *
   * @throws IllegalArgumentException if it is none; the message lists the forms
   */
  public static Instant parse(String typed, Clock clock) {
    String text = typed.strip();
    try {
      Matcher ofDay = OF_DAY.matcher(text.toLowerCase(Locale.ROOT));
      Instant moment = ofDay.matches() ? ofDay(ofDay, clock) : iso(text, clock);
      if (moment.atOffset(ZoneOffset.UTC).getYear() > LAST_YEAR) {
        throw new IllegalArgumentException("'" + typed + "' is too far: years end at 9999");
      }
      return moment.truncatedTo(ChronoUnit.MILLIS);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + typed + "' is no time: " + FORM, e);
    }
  }

  private static Instant ofDay(Matcher written, Clock clock) {
    LocalTime time =
        LocalTime.of(Integer.parseInt(written.group(2)), Integer.parseInt(written.group(3)));
    LocalDate today = LocalDate.now(clock);
    String day = written.group(1);
    if (day == null) {
      return at(today, time, clock).isAfter(clock.instant())
          ? at(today, time, clock)
          : at(today.plusDays(1), time, clock);
    }
    if (day.equals("today")) {
      return at(today, time, clock);
    }
    return day.equals("tomorrow")
        ? at(today.plusDays(1), time, clock)
        : next(weekday(day), time, clock);
  }

  /** The next such moment: today's, if it is to come, or one of the next 7 days. */
  private static Instant next(DayOfWeek day, LocalTime time, Clock clock) {
    LocalDate date = LocalDate.now(clock);
    while (date.getDayOfWeek() != day || !at(date, time, clock).isAfter(clock.instant())) {
      date = date.plusDays(1);
    }
    return at(date, time, clock);
  }

  private static DayOfWeek weekday(String word) {
    for (DayOfWeek day : DayOfWeek.values()) {
      if (word.length() >= SHORT && day.name().toLowerCase(Locale.ROOT).startsWith(word)) {
        return day;
      }
    }
    throw new DateTimeException("no weekday: " + word);
  }

  private static Instant at(LocalDate date, LocalTime time, Clock clock) {
    return ZonedDateTime.of(date, time, clock.getZone()).toInstant();
  }

  private static Instant iso(String text, Clock clock) {
    if (DATE.matcher(text).matches()) {
      return at(LocalDate.parse(text), LocalTime.MIDNIGHT, clock);
    }
    String joined = text.replaceFirst("(?<=\\d) (?=\\d)", "T");
    boolean hasOffset = joined.matches("(?i).*T.*(Z|[+-]\\d\\d(:?\\d\\d)?)");
    return hasOffset
        ? OffsetDateTime.parse(joined).toInstant()
        : LocalDateTime.parse(joined).atZone(clock.getZone()).toInstant();
  }
}

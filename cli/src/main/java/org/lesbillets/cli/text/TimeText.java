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
import org.lesbillets.model.DurationText;

/**
 * Parser of moments as people write them, in the time zone of a clock: {@code 09:00} for the next
 * such moment, {@code tomorrow 9:00}, {@code fri 17:00} within 7 days, or ISO 8601, local where it
 * has no offset; where that is wanted, also {@code 2h} from now. Stateless.
 */
public final class TimeText {
  /** The written forms, for complaints. */
  private static final String FORMS =
      "09:00, 'tomorrow 9:00', 'fri 17:00', 2026-12-01T09:00 or 2026-12-01T09:00Z";

  /** How a duration looks, right or not: a number, and a unit somewhere behind it. */
  private static final Pattern AFTER = Pattern.compile("\\d+\\s*[a-zA-Z][\\da-zA-Z]*");

  private static final Pattern OF_DAY =
      Pattern.compile("(?:([a-z]+)\\s+)?([01]?[0-9]|2[0-3]):([0-5][0-9])");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
  private static final int LAST_YEAR = 9_999;
  private static final int SHORT = 3;

  private TimeText() {}

  /**
   * The moment a text means, which may also be a duration from now.
   *
   * @throws IllegalArgumentException if it is none; the message lists the forms
   */
  public static Instant parseOrAfter(String typed, Clock clock) {
    String text = typed.strip();
    if (!AFTER.matcher(text).matches()) {
      return parse(typed, clock, "write 2h from now, " + FORMS);
    }
    try {
      return checked(clock.instant().plus(DurationText.parse(text)), typed);
    } catch (DateTimeException | ArithmeticException e) {
      throw tooFar(typed);
    }
  }

  /**
   * The moment a text means, in whole milliseconds; a written date may be past.
   *
   * @throws IllegalArgumentException if it is none; the message lists the forms
   */
  public static Instant parse(String typed, Clock clock) {
    return parse(typed, clock, "write " + FORMS);
  }

  private static Instant parse(String typed, Clock clock, String forms) {
    String text = typed.strip();
    try {
      Matcher ofDay = OF_DAY.matcher(text.toLowerCase(Locale.ROOT));
      return checked(ofDay.matches() ? ofDay(ofDay, clock) : iso(text, clock), typed);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("'" + typed + "' is no time: " + forms, e);
    }
  }

  private static Instant checked(Instant moment, String typed) {
    int year = moment.atOffset(ZoneOffset.UTC).getYear();
    if (year < 0 || year > LAST_YEAR) {
      throw tooFar(typed);
    }
    return moment.truncatedTo(ChronoUnit.MILLIS);
  }

  private static IllegalArgumentException tooFar(String typed) {
    return new IllegalArgumentException("'" + typed + "' is too far: years are 0 to 9999");
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

package org.lesbillets.cli.command.watch;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Locale;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TimeMark;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The text of a position: a revision, alone or behind the name of its journal. Stateless. */
final class WatchPlace implements ITypeConverter<WatchStart> {
  @Override
  public WatchStart convert(String text) {
    return Converters.converted(text, WatchPlace::start);
  }

  private static WatchStart start(String text) {
    return text.lastIndexOf(':') < 0
        ? WatchStart.after(position(text))
        : WatchStart.after(point(text));
  }

  /** The position that was written by {@link #text}; null if there is none. */
  static ResumePoint parse(String text) {
    String[] words = text.split(" ");
    try {
      return words.length > 3 || words[0].lastIndexOf(':') < 0 ? null : parse(words);
    } catch (TypeConversionException | IllegalArgumentException | DateTimeException e) {
      return null;
    }
  }

  private static ResumePoint parse(String[] words) {
    ResumePoint point = point(words[0]);
    if (words.length == 1) {
      return point;
    }
    long number = words.length == 3 ? Long.parseLong(words[2]) : TimeMark.ALL;
    TimeMark told = new TimeMark(Instant.parse(words[1]), number);
    return new ResumePoint(point.journalId(), point.revision(), told);
  }

  /**
   * A line without its end; behind the revision, how much is known of what time alone has changed.
   */
  static String text(ResumePoint point) {
    TimeMark told = point.mark();
    String number = told == null || told.number() == TimeMark.ALL ? "" : " " + told.number();
    String time = told == null ? "" : " " + told.at() + number;
    return point.journalId() + ":" + point.revision() + time;
  }

  private static ResumePoint point(String text) {
    int colon = text.lastIndexOf(':');
    return new ResumePoint(journal(text.substring(0, colon)), position(text.substring(colon + 1)));
  }

  /** In the spelling of servers, which compare it as text. */
  private static String journal(String text) {
    if (!text.matches(Converters.UUID_TEXT)) {
      throw new TypeConversionException(
          "'" + text + "' is no journal: its name is a UUID of 36 characters");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static long position(String text) {
    return text.equals("0") ? 0 : Converters.revision(text);
  }
}

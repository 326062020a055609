package org.lesbillets.cli.command.bench;

import java.time.Duration;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.model.DurationText;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Parsers of the option values of {@code bench}, and their limits. Stateless. */
final class BenchConverters {
  static final int MAX_WRITERS = 256;
  static final int MAX_WATCHERS = 1_000;
  static final int MAX_RATE = 100_000;
  static final Duration SHORTEST = Duration.ofSeconds(1);
  static final Duration LONGEST = Duration.ofHours(1);

  private static final String AS_FAST_AS_POSSIBLE = "max";

  private BenchConverters() {}

  private static int number(String text, int least, int most) {
    String range = least + " to " + most;
    if (!text.matches("[0-9]{1,9}")) {
      throw new TypeConversionException("'" + text + "' is not a whole number, " + range);
    }
    int number = Integer.parseInt(text);
    if (number < least || number > most) {
      throw new TypeConversionException("it is " + range + ", not " + number);
    }
    return number;
  }

  static final class OfWriters implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 1, MAX_WRITERS);
    }
  }

  static final class OfWatchers implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return number(text, 0, MAX_WATCHERS);
    }
  }

  /** Changes a second; 0, or {@code max}, for as many as are answered. */
  static final class OfRate implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (text.equals(AS_FAST_AS_POSSIBLE)) {
        return 0;
      }
      if (!text.matches("[0-9]+")) {
        throw new TypeConversionException(
            "'" + text + "' is neither max nor a whole number, 0 to " + MAX_RATE);
      }
      return number(text, 0, MAX_RATE);
    }
  }

  static final class OfLength implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      Duration length = Converters.converted(text, DurationText::parse);
      if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
        throw new TypeConversionException(
            "it is "
                + DurationText.format(SHORTEST)
                + " to "
                + DurationText.format(LONGEST)
                + ", not "
                + DurationText.format(length));
      }
      return length;
    }
  }
}

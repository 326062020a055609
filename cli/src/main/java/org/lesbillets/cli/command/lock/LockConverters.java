package org.lesbillets.cli.command.lock;

import java.time.Duration;
import java.util.Map;
import java.util.Stack;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.message.LockWait;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.TypeConversionException;

/** Parsers of the option values of locks. Stateless. */
public final class LockConverters {
  private LockConverters() {}

  /** How long a lock lasts. */
  static final class OfTtl implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return between(WireLimits.MIN_TTL, WireLimits.MAX_TTL, text);
    }
  }

  /** How long to wait in the queue. */
  public static final class OfWait implements ITypeConverter<LockWait> {
    public static final String FOREVER = "forever";
    private static final Duration LEAST = Duration.ofMillis(1);

    @Override
    public LockWait convert(String text) {
      return text.equals(FOREVER)
          ? LockWait.FOREVER
          : new LockWait(between(LEAST, WireLimits.MAX_WAIT, text));
    }
  }

  static final class OfExitCode implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return Converters.converted(text, LockConverters::exitCode);
    }
  }

  private static Duration between(Duration least, Duration most, String text) {
    Duration duration = Converters.converted(text, DurationText::parse);
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw new TypeConversionException(
          "'%s' is not between %s and %s"
              .formatted(text, DurationText.format(least), DurationText.format(most)));
    }
    return duration;
  }

  /**
   * @throws IllegalArgumentException if no program can fail with it
   */
  public static int exitCode(String text) {
    if (!text.matches("0*[1-9][0-9]{0,2}") || Integer.parseInt(text) > 255) {
      throw new IllegalArgumentException("'" + text + "' is no code to fail with: use 1 to 255");
    }
    return Integer.parseInt(text);
  }

  /** Lets {@code --wait} take a value only with {@code =}: the word behind it is an argument. */
  public static final class OnlyAttached implements IParameterPreprocessor {
    @Override
    public boolean preprocess(
        Stack<String> args, CommandSpec command, ArgSpec argument, Map<String, Object> info) {
      if (!"=".equals(info.get("separator"))) {
        args.push(OfWait.FOREVER);
      }
      return false;
    }
  }
}

package org.lesbillets.cli.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.lesbillets.cli.output.ColourChoice;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Parsers of option values that several verbs share; an exception message lists the valid input.
 * Stateless.
 */
public final class Converters {
  /** A UUID as it is written, for {@code String.matches}. */
  public static final String UUID_TEXT = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private Converters() {}

  public static <T> T converted(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** Null for an empty text, by which an option is cleared. */
  public static String textOrNull(String typed) {
    return typed == null || typed.isEmpty() ? null : typed;
  }

  /** A parser of one of a few words, which completion can offer. */
  public interface OfWords<T> extends ITypeConverter<T> {
    List<String> words();
  }

  /** One of the values of an enum, by their names on the command line, in any case. */
  public abstract static class OfEnum<E extends Enum<E>> implements OfWords<E> {
    private final E[] values;
    private final Function<E, String> wireName;

    protected OfEnum(E[] values, Function<E, String> wireName) {
      this.values = values;
      this.wireName = wireName;
    }

    @Override
    public List<String> words() {
      return Arrays.stream(values).map(wireName).toList();
    }

    @Override
    public E convert(String text) {
      int at = words().indexOf(text.toLowerCase(Locale.ROOT));
      if (at < 0) {
        throw new TypeConversionException(
            "'" + text + "' is not one of " + String.join(", ", words()));
      }
      return values[at];
    }
  }

  public static final class OfRef implements ITypeConverter<TicketRef> {
    @Override
    public TicketRef convert(String text) {
      return converted(text, TicketRef::typed);
    }
  }

  public static final class OfDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return converted(text, Durations::parse);
    }
  }

  static final class OfFormat extends OfEnum<OutputFormat> {
    OfFormat() {
      super(OutputFormat.values(), OutputFormat::wireName);
    }
  }

  static final class OfColour extends OfEnum<ColourChoice> {
    OfColour() {
      super(ColourChoice.values(), ColourChoice::wireName);
    }
  }

  public static final class OfStatus extends OfEnum<TicketStatus> {
    public OfStatus() {
      super(TicketStatus.values(), TicketStatus::wireName);
    }
  }

  public static final class OfPriority extends OfEnum<Priority> {
    public OfPriority() {
      super(Priority.values(), Priority::wireName);
    }
  }

  /** The name of a context, which need not exist. */
  public static final class OfContext implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return text;
    }
  }

  /**
   * An agent's name, "me", or "" for unassigned; kept as text until the agent of the connection is
   * known.
   */
  public static final class OfAssignee implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return text.isEmpty() || text.equals("me") ? text : converted(text, AgentName::new).value();
    }
  }

  /** A revision or the token of a lock: a whole number, 1 or more, below 2^53. */
  public static final class OfRevision implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return converted(text, Converters::revision);
    }
  }

  public static final class OfCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("0*[1-9][0-9]{0,8}")) {
        throw new TypeConversionException("'" + text + "' is not a whole number, 1 or more");
      }
      return Integer.valueOf(text);
    }
  }

  public static long revision(String text) {
    if (!text.matches("0*[1-9][0-9]{0,15}") || Long.parseLong(text) >= 1L << 53) {
      throw new IllegalArgumentException("'" + text + "' is no revision: it is a whole number");
    }
    return Long.parseLong(text);
  }
}

package org.lesbillets.cli.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.cli.output.ColourChoice;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.output.TicketFields;
import org.lesbillets.cli.status.StatusTemplate;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.Priority;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.wire.WireLimits;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** From what was typed to what is meant; each says in its sentence what could have been typed. */
final class Converters {
  private static final String UUID_TEXT = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

  private Converters() {}

  static <T> T converted(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  /** Reads one of a few words, which completion can offer. */
  interface OfWords<T> extends ITypeConverter<T> {
    List<String> words();
  }

  /** One of the values of an enum, by their names on the command line, in any case. */
  private abstract static class OfEnum<E extends Enum<E>> implements OfWords<E> {
    private final E[] values;
    private final Function<E, String> wireName;

    OfEnum(E[] values, Function<E, String> wireName) {
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

  static final class OfRef implements ITypeConverter<TicketRef> {
    @Override
    public TicketRef convert(String text) {
      return converted(text, TicketRef::typed);
    }
  }

  static final class OfDuration implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return converted(text, Durations::parse);
    }
  }

  /** How old something may be; 0 is an age. */
  static final class OfAge implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return converted(text, DurationText::parse);
    }
  }

  static final class OfTemplate implements ITypeConverter<StatusTemplate> {
    @Override
    public StatusTemplate convert(String text) {
      return converted(text, StatusTemplate::parse);
    }
  }

  /** How long a lock lasts. */
  static final class OfTtl implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return between(WireLimits.MIN_TTL, WireLimits.MAX_TTL, text);
    }
  }

  /** How long to stay in line. */
  static final class OfWait implements ITypeConverter<LockWait> {
    static final String FOREVER = "forever";
    private static final Duration LEAST = Duration.ofMillis(1);

    @Override
    public LockWait convert(String text) {
      return text.equals(FOREVER)
          ? LockWait.FOREVER
          : new LockWait(between(LEAST, WireLimits.MAX_WAIT, text));
    }
  }

  private static Duration between(Duration least, Duration most, String text) {
    Duration duration = converted(text, DurationText::parse);
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw new TypeConversionException(
          "'%s' is not between %s and %s"
              .formatted(text, DurationText.format(least), DurationText.format(most)));
    }
    return duration;
  }

  static final class OfState extends OfEnum<TicketState> {
    OfState() {
      super(TicketState.values(), TicketState::wireName);
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

  static final class OfStatus extends OfEnum<TicketStatus> {
    OfStatus() {
      super(TicketStatus.values(), TicketStatus::wireName);
    }
  }

  static final class OfPriority extends OfEnum<Priority> {
    OfPriority() {
      super(Priority.values(), Priority::wireName);
    }
  }

  static final class OfShell extends OfEnum<CompletionShell> {
    OfShell() {
      super(CompletionShell.values(), CompletionShell::wireName);
    }
  }

  static final class OfKind extends OfEnum<CompleteCommand.Kind> {
    OfKind() {
      super(CompleteCommand.Kind.values(), kind -> kind.name().toLowerCase(Locale.ROOT));
    }
  }

  /** The name of a context, which there may be or not. */
  static final class OfContext implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return text;
    }
  }

  static final class OfOrder implements OfWords<TicketOrder> {
    @Override
    public List<String> words() {
      List<String> fields =
          Arrays.stream(TicketOrder.Field.values()).map(TicketOrder.Field::wireName).toList();
      return Stream.concat(fields.stream(), fields.stream().map("-"::concat)).toList();
    }

    @Override
    public TicketOrder convert(String text) {
      return converted(text.toLowerCase(Locale.ROOT), TicketOrder::parse);
    }
  }

  static final class OfUuid implements ITypeConverter<UUID> {
    @Override
    public UUID convert(String text) {
      if (!text.matches(UUID_TEXT)) {
        throw new TypeConversionException("'" + text + "' is no UUID of 36 characters");
      }
      return UUID.fromString(text);
    }
  }

  /** An agent's name, "me", or "" for nobody; kept as text until it is known who is connected. */
  static final class OfAssignee implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return text.isEmpty() || text.equals("me") ? text : converted(text, AgentName::new).value();
    }
  }

  /** A revision or the token of a lock: a whole number, 1 or more, below 2^53. */
  static final class OfExitCode implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      return converted(text, OwnExitCode::parse);
    }
  }

  static final class OfRevision implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
      return converted(text, Converters::revision);
    }
  }

  static final class OfCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String text) {
      if (!text.matches("0*[1-9][0-9]{0,8}")) {
        throw new TypeConversionException("'" + text + "' is not a whole number, 1 or more");
      }
      return Integer.valueOf(text);
    }
  }

  static final class OfField implements OfWords<String> {
    @Override
    public List<String> words() {
      return TicketFields.NAMES;
    }

    @Override
    public String convert(String text) {
      if (!TicketFields.NAMES.contains(text)) {
        throw new TypeConversionException(
            "a ticket has no field '"
                + text
                + "': use one of "
                + String.join(", ", TicketFields.NAMES));
      }
      return text;
    }
  }

  static final class OfStart implements ITypeConverter<WatchStart> {
    @Override
    public WatchStart convert(String text) {
      return converted(text, Converters::start);
    }
  }

  private static WatchStart start(String text) {
    int colon = text.lastIndexOf(':');
    return colon < 0
        ? WatchStart.after(position(text))
        : WatchStart.after(
            new ResumePoint(
                journal(text.substring(0, colon)), position(text.substring(colon + 1))));
  }

  /** As servers write it: one spelt otherwise would be another journal to them. */
  private static String journal(String text) {
    if (!text.matches(UUID_TEXT)) {
      throw new TypeConversionException(
          "'" + text + "' is no journal: its name is a UUID of 36 characters");
    }
    return text.toLowerCase(Locale.ROOT);
  }

  private static long position(String text) {
    return text.equals("0") ? 0 : revision(text);
  }

  static long revision(String text) {
    if (!text.matches("0*[1-9][0-9]{0,15}") || Long.parseLong(text) >= 1L << 53) {
      throw new IllegalArgumentException("'" + text + "' is no revision: it is a whole number");
    }
    return Long.parseLong(text);
  }
}

package org.lesbillets.cli.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.config.Settings;
import org.lesbillets.cli.config.SettingsFlags;
import org.lesbillets.cli.output.FailureJson;
import org.lesbillets.cli.output.IdPrinter;
import org.lesbillets.cli.output.JsonPrinter;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.output.PrintStyle;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.cli.output.TsvPrinter;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.output.table.ColumnPrinter;
import org.lesbillets.cli.output.table.TablePrinter;
import org.lesbillets.cli.text.StreamEnd;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.place.UserDirectories;
import picocli.CommandLine;

/**
 * Everything one run of {@code billets} works with: the environment, the parsed global options, the
 * settings. Confined to one thread; owns at most one {@link TicketService}, opened lazily and
 * closed with this.
 */
public final class CommandContext implements AutoCloseable {
  private static final String STANDARD_INPUT = "-";

  /** The whole program, for the verbs that are about other verbs. */
  public interface Program {
    /** The command line with all verbs. */
    CommandLine wholeCommandLine();

    /** Runs another command line with the given console; returns its exit code. */
    int run(Console console, List<String> words);
  }

  private final Environment environment;
  private Settings settings;
  private final SettingsFlags flags;
  private final OutputOptions output;
  private final OutputFormat format;
  private final Program program;
  private TicketService service;

  /**
   * @param program the one that this is a run of
   * @throws UsageException if the output options contradict each other
   */
  public CommandContext(
      Environment environment,
      ConnectionOptions connection,
      OutputOptions output,
      Program program) {
    this.program = program;
    this.environment = environment;
    this.flags = connection.flags();
    this.output = output;
    this.format = output.format();
    this.settings = settingsWarning(warning -> console().sayAsPlainText("billets: " + warning));
  }

  /** The user's directories. */
  public UserDirectories folders() {
    return new UserDirectories(environment.environment(), environment.home());
  }

  public Console console() {
    return environment.console();
  }

  /** Whether the service was opened, so that a cached status may be out of date. */
  public boolean hasService() {
    return service != null;
  }

  /** The service of the server that the settings name, opened on first use. */
  public TicketService service() {
    if (service == null) {
      service = environment.services().apply(settings.connection());
    }
    return service;
  }

  /**
   * A second service of the same server with a short timeout; closed by the caller.
   *
   * @param patience the timeout unless one was typed; also bounds the command that prints the token
   */
  public TicketService briefService(Duration patience) {
    ClientSettings usual = settings.connection();
    Duration bound = flags.timeout() == null ? patience : usual.timeout();
    return environment.services().apply(usual.within(bound));
  }

  /**
   * A service of the server of these settings, for a verb that tries several; closed by the caller.
   */
  public TicketService serviceOf(ClientSettings connection) {
    return environment.services().apply(connection);
  }

  /** A second copy of the settings, whose warnings go elsewhere. */
  public Settings settingsWarning(Consumer<String> warnings) {
    return new Settings(folders(), flags, warnings).onBehalfOf(environment.delegate());
  }

  /** Ignores the configuration file from now on, as the verb does that reports its mistakes. */
  public void dropConfigFile() {
    settings = settings.withoutFile();
  }

  /** A second service, for the verbs that administer the server; closed by the caller. */
  public TicketService adminService() {
    return environment.services().apply(settings.connection().administering());
  }

  /** Whether this account is shared, so that no program may be run and no file be touched. */
  public boolean isDelegated() {
    return environment.delegate() != null;
  }

  /** The effective settings. */
  public Settings settings() {
    return settings;
  }

  /** The settings that were typed. */
  public SettingsFlags flags() {
    return flags;
  }

  /** The present moment. */
  public Instant now() {
    return environment.clock().instant();
  }

  /** The format that was typed; null for none. */
  public OutputFormat format() {
    return format;
  }

  /** Reports a failure on standard error at once, as JSON when the output format is. */
  public void report(String code, String sentence) {
    if (format != null && format.isJson()) {
      console().say(FailureJson.of(code, sentence));
    } else {
      console().sayAsPlainText("billets: " + sentence);
    }
  }

  /** The printer of results. */
  public ResultPrinter print() {
    return printOr(OutputFormat.TSV);
  }

  /** The printer of results, with the default format of scripts. */
  public ResultPrinter printOr(OutputFormat inScripts) {
    OutputFormat format = output.formatOr(inScripts, console());
    return printer(format, style(format, ""));
  }

  /**
   * The printer of results with a placeholder in every empty column.
   *
   * @param empty that word; "" for none
   */
  ResultPrinter printFilled(String empty) {
    OutputFormat format = output.formatOr(OutputFormat.TSV, console());
    return printer(format, style(format, empty));
  }

  /**
   * The printer of chosen columns.
   *
   * @param columns what stands above each, with the path of its value
   */
  ColumnPrinter printColumns(Map<String, String> columns, String empty) {
    OutputFormat format = output.formatOr(OutputFormat.TSV, console());
    return new ColumnPrinter(style(format, empty), format == OutputFormat.TABLE, columns);
  }

  /** The printer of a format. */
  private static ResultPrinter printer(OutputFormat format, PrintStyle style) {
    return switch (format) {
      case TABLE -> new TablePrinter(style);
      case JSON -> JsonPrinter.whole(style.console());
      case JSONL -> JsonPrinter.lines(style.console());
      case TSV -> new TsvPrinter(style);
      case ID -> new IdPrinter(style.console());
    };
  }

  private PrintStyle style(OutputFormat format, String empty) {
    boolean colour = format == OutputFormat.TABLE && colourWanted();
    return new PrintStyle(console(), colour, environment.clock(), empty);
  }

  /** Prints a text as it is; needs no settings. */
  public void printText(String name, String text) {
    if (format != null && format.isJson()) {
      (format == OutputFormat.JSON ? JsonPrinter.whole(console()) : JsonPrinter.lines(console()))
          .text(name, text);
    } else {
      console().print(text);
    }
  }

  /** Whether to paint what goes to standard output. */
  public boolean colourWanted() {
    return settings
        .colour(output.colour)
        .wanted(console().terminal().out(), environment.environment());
  }

  /** The value of an environment variable; null when it is unset or empty. */
  public String environment(String name) {
    String value = environment.environment().get(name);
    return value == null || value.isBlank() ? null : value;
  }

  /** The variables of the environment. */
  public Map<String, String> environment() {
    return environment.environment();
  }

  /** The present, and the time zone people live in. */
  public Clock clock() {
    return environment.clock();
  }

  /** The command line with all verbs. */
  public CommandLine wholeCommandLine() {
    return program.wholeCommandLine();
  }

  /** Runs another command line inside this one, with the given console. */
  public int runInside(Console console, List<String> words) {
    return program.run(console, words);
  }

  /**
   * The agent that an option names.
   *
   * @param typed a name, "me", or null or "" for no agent
   */
  public AgentName agent(String typed) {
    if (typed == null || typed.isEmpty()) {
      return null;
    }
    return typed.equals("me") ? service().me() : new AgentName(typed);
  }

  /** The text that an option gives; standard input where it is "-". */
  public String text(String typed, String what) {
    return STANDARD_INPUT.equals(typed) ? readText(what) : typed;
  }

  /**
   * Reads a text from standard input, sanitized for a ticket; of a longer one the end, with a note.
   */
  String readText(String what) {
    if (console().terminal().in()) {
      console().say("Type the " + what + ", then press Ctrl-D on an empty line.");
    }
    StreamEnd.Kept kept = console().readEnd(WireLimits.TEXT_BYTES);
    if (kept.cut() > 0) {
      report(
          "NOTE",
          "standard input is longer than a %s, %d bytes: its first %d bytes are left out"
              .formatted(what, WireLimits.TEXT_BYTES, kept.cut()));
    }
    return kept.text();
  }

  @Override
  public void close() {
    if (service != null) {
      service.close();
    }
  }
}

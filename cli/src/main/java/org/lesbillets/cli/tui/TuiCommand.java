package org.lesbillets.cli.tui;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.lesbillets.cli.command.ChildExitException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.QueryWords;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.command.edit.Drafts;
import org.lesbillets.cli.command.edit.Editor;
import org.lesbillets.cli.config.SavedView;
import org.lesbillets.cli.config.TuiSettings;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.output.console.Terminal;
import org.lesbillets.cli.tui.key.Action;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.key.KeyMap.KeyMapException;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.state.UiSettings;
import org.lesbillets.cli.tui.state.list.Filter;
import org.lesbillets.cli.tui.terminal.TerminalSettings;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** The verb {@code tui}: opens the live view in the terminal. */
@Command(
    name = "tui",
    description = {
      "Open the live view: the list of tickets, always up to date.",
      "Press ? in it for its keys. Without QUERY it begins with the open tickets that are awake,"
          + " the most urgent first; 0 shows all of them, 1 to 9 the saved views of config.toml,"
          + " and a backtick leads back."
    },
    customSynopsis = "billets tui [QUERY…]",
    footer = {"  billets tui", "  billets tui assignee:me status:open"})
public final class TuiCommand implements Verb {
  private static final List<SavedView> USUAL_VIEWS =
      List.of(
          new SavedView("mine", "assignee:me status:open not:is:asleep", "-priority"),
          new SavedView("unassigned", "assignee:none status:open not:is:asleep", "-priority"),
          new SavedView("urgent", "priority:>=high status:open not:is:asleep", "-priority"),
          new SavedView("stale locks", "held:>30m", "number"));

  /** The actions that start an editor, or stop the process for a shell that is not there. */
  private static final List<Action> RUNS_PROGRAMS =
      List.of(Action.DESCRIBE, Action.EDITOR, Action.SUSPEND);

  private static final SavedView START =
      new SavedView("open", "status:open not:is:asleep", "-priority");

  @Mixin QueryWords query;

  @Override
  public void run(CommandContext context) {
    Terminal terminal = context.console().terminal();
    if (!terminal.in() || !terminal.out()) {
      throw new UsageException(
          "the live view needs a terminal to read keys from and to draw on; in scripts use"
              + " billets list, and billets watch for what happens");
    }
    if ("dumb".equals(context.environment().get("TERM"))) {
      throw new UsageException(
          "the live view needs a terminal that can move its cursor, and TERM says that this one is"
              + " dumb: set TERM to what it is, or use billets list and billets watch");
    }
    int code = new TuiProgram(dependencies(context), settings(context)).run();
    if (code != 0) {
      throw new ChildExitException(code, null);
    }
  }

  private static TuiProgram.Dependencies dependencies(CommandContext context) {
    TuiSettings configured = context.settings().config().tui();
    Palette palette = configured.palette();
    Duration escapeTimeout = configured.escapeTimeout();
    return new TuiProgram.Dependencies(
        context.settings().connection(),
        Drafts.of(context.folders(), context.clock()),
        Editor.chosen(context::environment),
        (words, columns) -> ran(context, words, columns),
        context.environment(),
        context.console(),
        context.colourWanted(),
        palette == null ? Palette.DARK : palette,
        escapeTimeout == null ? TerminalSettings.ESCAPE_TIMEOUT : escapeTimeout);
  }

  UiSettings settings(CommandContext context) {
    TuiSettings configured = context.settings().config().tui();
    List<SavedView> views = configured.views().isEmpty() ? USUAL_VIEWS : configured.views();
    TicketQuery asked = query.query();
    Filter start = asked == null ? filter(START) : new Filter(asked, TicketOrder.MOST_URGENT, null);
    return new UiSettings(
        keys(context, configured),
        views.stream().map(TuiCommand::filter).toList(),
        start,
        configured.bell(),
        verbs(context.wholeCommandLine()),
        context.settings().contextName(),
        context.clock().getZone());
  }

  private static KeyMap keys(CommandContext context, TuiSettings configured) {
    try {
      KeyMap keys = KeyMap.of(configured.keys());
      return context.isDelegated() ? keys.without(RUNS_PROGRAMS) : keys;
    } catch (KeyMapException e) {
      String wrong =
          e.actions().stream().filter(configured.keys()::containsKey).findFirst().orElseThrow();
      throw context
          .settings()
          .file()
          .wrong(List.of("tui", "keys"), wrong, "[tui.keys]: " + e.getMessage());
    }
  }

  private static Filter filter(SavedView view) {
    try {
      TicketOrder order =
          view.sort() == null ? TicketOrder.BY_NUMBER : TicketOrder.parse(view.sort());
      return new Filter(TicketQuery.parse(view.query()), order, view.name());
    } catch (QuerySyntaxException e) {
      throw new IllegalStateException("a saved view was read without being understood", e);
    }
  }

  /** The verbs by name, each with its options and the labels of its arguments, for completion. */
  private static Map<String, List<String>> verbs(CommandLine whole) {
    Map<String, List<String>> verbs = new TreeMap<>();
    whole.getSubcommands().forEach((name, command) -> put(verbs, name, command.getCommandSpec()));
    return verbs;
  }

  private static void put(Map<String, List<String>> verbs, String name, CommandSpec verb) {
    if (verb.usageMessage().hidden()) {
      return;
    }
    Stream<String> options =
        verb.options().stream()
            .filter(option -> !option.hidden())
            .map(CommandLine.Model.OptionSpec::longestName);
    Stream<String> arguments =
        verb.positionalParameters().stream()
            .map(CommandLine.Model.PositionalParamSpec::paramLabel)
            .filter(List.of(UiSettings.QUERY, UiSettings.REF)::contains);
    verbs.put(name, Stream.concat(options, arguments).distinct().sorted().toList());
  }

  private static VerbRunner.Result ran(CommandContext context, List<String> words, int columns) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    Console console =
        new Console(
            InputStream.nullInputStream(),
            printed,
            printed,
            new Terminal(false, true, true, () -> false, () -> columns));
    List<String> all = new ArrayList<>(context.flags().words());
    all.addAll(words);
    all.addAll(List.of("--color", "never"));
    int code = context.runInside(console, all);
    return new VerbRunner.Result(code, printed.toString(StandardCharsets.UTF_8));
  }
}

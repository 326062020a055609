package org.lesbillets.cli.command.root;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lesbillets.cli.command.ConnectionOptions;
import org.lesbillets.cli.command.HelpText;
import org.lesbillets.cli.command.OutputOptions;
import org.lesbillets.cli.command.admin.AdminCommand;
import org.lesbillets.cli.command.bench.BenchCommand;
import org.lesbillets.cli.command.bulk.BatchCommand;
import org.lesbillets.cli.command.bulk.ExportCommand;
import org.lesbillets.cli.command.bulk.ImportCommand;
import org.lesbillets.cli.command.completion.CompleteCommand;
import org.lesbillets.cli.command.completion.CompletionCommand;
import org.lesbillets.cli.command.context.ContextCommand;
import org.lesbillets.cli.command.doctor.DoctorCommand;
import org.lesbillets.cli.command.edit.EditCommand;
import org.lesbillets.cli.command.lock.LockCommand;
import org.lesbillets.cli.command.lock.LocksCommand;
import org.lesbillets.cli.command.lock.UnlockCommand;
import org.lesbillets.cli.command.status.StatusCommand;
import org.lesbillets.cli.command.status.WhoamiCommand;
import org.lesbillets.cli.command.ticket.CloseCommand;
import org.lesbillets.cli.command.ticket.CommentCommand;
import org.lesbillets.cli.command.ticket.CreateCommand;
import org.lesbillets.cli.command.ticket.HistoryCommand;
import org.lesbillets.cli.command.ticket.ListCommand;
import org.lesbillets.cli.command.ticket.RaiseCommand;
import org.lesbillets.cli.command.ticket.ReopenCommand;
import org.lesbillets.cli.command.ticket.ShowCommand;
import org.lesbillets.cli.command.ticket.SnoozeCommand;
import org.lesbillets.cli.command.ticket.UpdateCommand;
import org.lesbillets.cli.command.ticket.WakeCommand;
import org.lesbillets.cli.command.watch.WaitCommand;
import org.lesbillets.cli.command.watch.WatchCommand;
import org.lesbillets.cli.command.work.ClaimCommand;
import org.lesbillets.cli.command.work.WorkCommand;
import org.lesbillets.cli.tui.TuiCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command {@code billets}: the options of every verb, and the list of verbs. */
@Command(
    name = "billets",
    description = "Support tickets, live, for people who live in a terminal.",
    customSynopsis = "billets [OPTIONS] VERB …",
    versionProvider = RootCommand.Version.class,
    subcommands = {
      ListCommand.class,
      ShowCommand.class,
      CreateCommand.class,
      UpdateCommand.class,
      CloseCommand.class,
      ReopenCommand.class,
      SnoozeCommand.class,
      WakeCommand.class,
      RaiseCommand.class,
      CommentCommand.class,
      LockCommand.class,
      ClaimCommand.class,
      WorkCommand.class,
      UnlockCommand.class,
      LocksCommand.class,
      EditCommand.class,
      WatchCommand.class,
      WaitCommand.class,
      HistoryCommand.class,
      TuiCommand.class,
      BatchCommand.class,
      ImportCommand.class,
      ExportCommand.class,
      StatusCommand.class,
      AdminCommand.class,
      WhoamiCommand.class,
      ContextCommand.class,
      DoctorCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
      CompleteCommand.class,
      HelpCommand.class
    },
    footer = {
      "  billets create --title 'Printer on fire'",
      "  billets list status:open",
      "  billets help lock"
    })
public final class RootCommand {
  @Mixin public ConnectionOptions connection;
  @Mixin public OutputOptions output;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      order = 105,
      scope = ScopeType.INHERIT,
      description = "Explain billets or a verb.")
  boolean help;

  @Option(names = "--version", versionHelp = true, order = 106, description = "Print the version.")
  boolean version;

  /** The command line of this program; its root command is a {@code RootCommand}. */
  public static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new RootCommand());
    commandLine.setExpandAtFiles(false);
    // A context, or a tag, may be called as a verb is.
    commandLine.setAllowSubcommandsAsOptionParameters(true);
    HelpText.arrange(commandLine);
    HelpText.group(commandLine, groups());
    return commandLine;
  }

  /** The verbs by what one wants to do. */
  private static Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    groups.put("Look", List.of("tui", "list", "show", "history", "locks", "status"));
    groups.put(
        "Change",
        List.of(
            "create", "raise", "edit", "update", "comment", "close", "reopen", "snooze", "wake"));
    groups.put(
        "Work without getting in each other's way", List.of("lock", "unlock", "claim", "work"));
    groups.put("Follow what happens", List.of("watch", "wait"));
    groups.put("Many at once", List.of("batch", "import", "export"));
    groups.put(
        "Here", List.of("whoami", "doctor", "bench", "context", "completion", "admin", "help"));
    return groups;
  }

  /** Name and version of this program, as the build stamped them on its jar. */
  public static String version() {
    String version = RootCommand.class.getPackage().getImplementationVersion();
    return "billets " + (version == null ? "(not packaged)" : version);
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {version()};
    }
  }
}

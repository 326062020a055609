package org.lesbillets.server;

import java.util.List;
import java.util.concurrent.Callable;
import org.lesbillets.model.place.NoHomeException;
import org.lesbillets.server.auth.TokenException;
import org.lesbillets.server.command.BackupCommand;
import org.lesbillets.server.command.CompactCommand;
import org.lesbillets.server.command.ConfigCommand;
import org.lesbillets.server.command.OutputOption;
import org.lesbillets.server.command.RestoreCommand;
import org.lesbillets.server.command.TokenCommand;
import org.lesbillets.server.command.VerifyCommand;
import org.lesbillets.server.config.InvalidSettingsException;
import org.lesbillets.server.config.ServerSettings;
import org.lesbillets.server.config.SettingProblem;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.log.ServerLog;
import org.lesbillets.server.tls.TlsException;
import org.lesbillets.server.unix.UnixSocketException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** {@code billets-server}: the program. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
    name = "billets-server",
    description = {
      "Keep a support team's tickets, and tell every connected client what happens to them.",
      "Prints one line on stdout when it is ready, and serves until SIGTERM. The log goes to"
          + " stderr. Only one server can use a data directory at a time."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  billets-server",
      "  billets-server --port 7421 --data /srv/billets --log json",
      "  billets-server --port 0 --ephemeral",
      "  billets-server --socket /run/billets/desk.sock --unix-group support",
      "  (umask 077; billets-server token add bob >bob.token)",
      "  billets-server token revoke bob"
    },
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = ServerMain.Version.class,
    subcommands = {
      ServeCommand.class,
      TokenCommand.class,
      VerifyCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      CompactCommand.class,
      ConfigCommand.class,
      CommandLine.HelpCommand.class
    })
public final class ServerMain implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ServeOptions options;

  private ServerMain() {}

  /** Runs the program, and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new ServerMain());
    ServerHelp.arrange(commandLine);
    commandLine.setParameterExceptionHandler((e, words) -> wrongUsage(e, List.of(words)));
    commandLine.setExecutionExceptionHandler((e, command, result) -> failed(e, command, result));
    commandLine.setExecutionStrategy(ServerMain::execute);
    return commandLine;
  }

  private static int execute(ParseResult parsed) {
    ParseResult verb = parsed;
    while (verb.hasSubcommand()) {
      verb = verb.subcommand();
    }
    if (!verb.isUsageHelpRequested() && !verb.isVersionHelpRequested()) {
      ServerSettings.applyTo(verb);
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  @Override
  public Integer call() throws Exception {
    return Serving.run(options, spec.commandLine());
  }

  private static int wrongUsage(ParameterException e, List<String> words) {
    CommandLine command = e.getCommandLine();
    if (OutputOption.asksForJson(words)) {
      List<String> problems = problems(e);
      String message = problems.isEmpty() ? e.getMessage() : String.join("; ", problems);
      OutputOption.printFailure(command.getErr(), "USAGE", message, problems);
      return CommandLine.ExitCode.USAGE;
    }
    if (e instanceof InvalidSettingsException) {
      command.getErr().println(e.getMessage());
      return CommandLine.ExitCode.USAGE;
    }
    command.getErr().println("billets-server: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return CommandLine.ExitCode.USAGE;
  }

  private static List<String> problems(ParameterException e) {
    return e instanceof InvalidSettingsException invalid
        ? invalid.problems().stream().map(SettingProblem::toString).toList()
        : List.of();
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) throws Exception {
    if (e instanceof JournalException
        || e instanceof TokenException
        || e instanceof NoHomeException
        || e instanceof TlsException
        || e instanceof UnixSocketException
        || e instanceof CannotServeException) {
      if (OutputOption.asksForJson(parsed.originalArgs())) {
        OutputOption.printFailure(command.getErr(), "FAILED", e.getMessage(), List.of());
      } else if (ServerLog.isJson()) {
        Serving.log().error(e.getMessage());
      } else {
        command.getErr().println("billets-server: " + e.getMessage());
      }
      return CommandLine.ExitCode.SOFTWARE;
    }
    if (ServerLog.isJson()) {
      Serving.log().error("The server failed", e);
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw e;
  }

  /** The version, for {@code --version}. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {ServerVersion.nameAndVersion()};
    }
  }
}

package org.lesbillets.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesbillets.cli.command.ChildExitException;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Environment;
import org.lesbillets.cli.command.HelpText;
import org.lesbillets.cli.command.NotAllowedException;
import org.lesbillets.cli.command.RemoteTicketService;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.command.lock.ShellSpawner;
import org.lesbillets.cli.command.root.RootCommand;
import org.lesbillets.cli.command.status.StatusCache;
import org.lesbillets.cli.output.console.ClosedPipeException;
import org.lesbillets.cli.output.console.Console;
import org.lesbillets.cli.process.CallerEnvironment;
import org.lesbillets.cli.startup.ClassPreload;
import org.lesbillets.cli.startup.DisabledLogging;
import org.lesbillets.cli.startup.FastPathParser;
import org.lesbillets.cli.startup.JsonOutputDetector;
import org.lesbillets.cli.startup.RawArguments;
import org.lesbillets.cli.startup.StaleCdsArchive;
import org.lesbillets.cli.startup.TrailingCommand;
import org.lesbillets.model.place.UserDirectories;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * The main class of {@code billets}: parses the command line, runs the verb, and ends with its exit
 * code. Runs on the main thread; connections are closed first, so that the process ends at once.
 */
public final class BilletsMain implements CommandContext.Program {
  /** First words for which no server is needed. */
  private static final Set<String> ALONE =
      Set.of("--version", "-V", "--help", "-h", "help", "context", "completion");

  private final Environment environment;
  private final Console console;

  public BilletsMain(Environment environment) {
    this.environment = environment;
    this.console = environment.console();
  }

  public static void main(String[] args) {
    if (args.length > 0 && !ALONE.contains(args[0])) {
      ClassPreload.begin();
    }
    Path home = UserDirectories.homeOfAccount();
    int code =
        args.length > 0 && args[0].equals(DelegateRun.WORD)
            ? DelegateRun.run(List.of(args), home)
            : ofSystem(CallerEnvironment.variables(), home).runTyped(args);
    // System.exit loads the logging of newer virtual machines. To return is the same, if no thread
    // runs on.
    if (code != 0 || othersRun()) {
      System.exit(code);
    }
  }

  private static boolean othersRun() {
    Thread[] threads = new Thread[Thread.activeCount() + 1];
    int count = Thread.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i] != Thread.currentThread() && !threads[i].isDaemon()) {
        return true;
      }
    }
    return count == threads.length;
  }

  /** The program of this process, with its standard streams. */
  public static BilletsMain ofSystem(Map<String, String> environment, Path home) {
    return new BilletsMain(system(environment, home));
  }

  /** The world of this process, with its standard streams. */
  static Environment system(Map<String, String> environment, Path home) {
    DisabledLogging.install();
    StaleCdsArchive.drop();
    Console console = Console.ofSystem(environment);
    return new Environment(console, environment, home, new LocalClock(), RemoteTicketService::new);
  }

  /** As {@link #run}, of arguments that the virtual machine may have decoded wrongly. */
  public int runTyped(String... args) {
    if (args.length == 1 && args[0].equals("--version")) {
      // Scripts ask this of everything they use: it takes no parser.
      console.printLine(RootCommand.version());
      return flushed(ExitStatus.OK.code(), new FailureHandler(console, false));
    }
    try {
      return run(RawArguments.of(args, ShellSpawner.isThere()));
    } catch (UsageException e) {
      return new FailureHandler(console, JsonOutputDetector.in(List.of(args))).handle(e, null);
    }
  }

  /**
   * Runs a command line.
   *
   * @return what to end with: the code of an {@link ExitStatus}, or of the command that was run
   */
  public int run(String... args) {
    FailureHandler failures = new FailureHandler(console, JsonOutputDetector.in(List.of(args)));
    try {
      return own(run(failures, args), args);
    } catch (ChildExitException e) {
      return e.code();
    }
  }

  /** The exit code of a run that is not a child's. */
  private static int own(int code, String... args) {
    if (code == ExitStatus.OK.code()) {
      return code;
    }
    Integer asked = OwnExitCode.in(List.of(args));
    return asked == null ? code : asked;
  }

  /**
   * @throws ChildExitException if a command was run and ended with another code than 0
   */
  private int run(FailureHandler failures, String... args) {
    // Its model has no labels, which the rules for delegates need.
    CommandLine one = isDelegated() ? null : FastPathParser.commandLine(args);
    ParseResult alone = one == null ? null : parsedAlone(one, args);
    if (alone != null) {
      return run(one, alone, failures);
    }
    CommandLine commandLine = RootCommand.commandLine();
    try {
      ParseResult parsed = TrailingCommand.parse(commandLine, args);
      if (isDelegated()) {
        DelegateRules.check(parsed, List.of(args));
        DelegateRules.reduce(commandLine);
      }
      return run(commandLine, parsed, failures);
    } catch (NotAllowedException e) {
      return failures.handle(e, null);
    } catch (ParameterException e) {
      return failures.handle(e, UsageErrorMessages.verb(e.getCommandLine()));
    }
  }

  private boolean isDelegated() {
    return environment.delegate() != null;
  }

  /** Null on a parse error or for help, which takes the whole command line. */
  private static ParseResult parsedAlone(CommandLine one, String... args) {
    try {
      ParseResult parsed = TrailingCommand.parse(one, args);
      ParseResult asked = innermost(parsed);
      return asked.isUsageHelpRequested() || asked.isVersionHelpRequested() ? null : parsed;
    } catch (ParameterException e) {
      return null;
    }
  }

  private int run(CommandLine commandLine, ParseResult parsed, FailureHandler failures) {
    ParseResult asked = innermost(parsed);
    String verb = UsageErrorMessages.verb(asked.commandSpec().commandLine());
    int code;
    try {
      perform(commandLine, asked);
      code = ExitStatus.OK.code();
    } catch (RuntimeException | Error e) {
      if (e instanceof ChildExitException command && command.isOfCommand()) {
        flushed(command.code(), failures);
        throw command;
      }
      code = failures.handle(e, verb);
    }
    return flushed(code, failures);
  }

  private static ParseResult innermost(ParseResult parsed) {
    return parsed.hasSubcommand() ? innermost(parsed.subcommand()) : parsed;
  }

  private void perform(CommandLine commandLine, ParseResult asked) {
    CommandLine command = asked.commandSpec().commandLine();
    if (asked.isUsageHelpRequested()) {
      console.print(HelpText.of(command));
    } else if (asked.isVersionHelpRequested()) {
      console.printLine(String.join("\n", command.getCommandSpec().version()));
    } else if (asked.commandSpec().userObject() instanceof Verb verb) {
      run(verb, context(commandLine.getCommand()));
    } else {
      throw new UsageException(
          "say what to do: one of " + String.join(", ", HelpText.verbs(command)));
    }
  }

  private static void run(Verb verb, CommandContext context) {
    try (context) {
      verb.run(context);
    } finally {
      if (context.hasService()) {
        StatusCache.forget(StatusCache.folder(context.folders()));
      }
    }
  }

  private CommandContext context(RootCommand root) {
    return new CommandContext(environment, root.connection, root.output, this);
  }

  @Override
  public CommandLine wholeCommandLine() {
    CommandLine whole = RootCommand.commandLine();
    if (isDelegated()) {
      DelegateRules.reduce(whole);
    }
    return whole;
  }

  @Override
  public int run(Console other, List<String> words) {
    return new BilletsMain(environment.withConsole(other)).run(words.toArray(String[]::new));
  }

  private int flushed(int code, FailureHandler failures) {
    try {
      console.flush();
      return code;
    } catch (ClosedPipeException e) {
      return code == ExitStatus.OK.code() ? ExitStatus.PIPE_CLOSED.code() : code;
    } catch (RuntimeException e) {
      return failures.handle(e, null);
    }
  }
}

package org.lesbillets.cli;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.logging.LogManager;
import org.lesbillets.cli.command.HelpText;
import org.lesbillets.cli.command.Invocation;
import org.lesbillets.cli.command.RemoteDesk;
import org.lesbillets.cli.command.RootCommand;
import org.lesbillets.cli.command.Surroundings;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.output.ClosedPipeException;
import org.lesbillets.cli.output.Console;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * {@code billets}: reads the command line, runs the verb, and ends with its exit status. One
 * thread, the main one; connections are closed before the process ends, because that is what makes
 * it end at once.
 */
public final class BilletsMain {
  private final Surroundings surroundings;
  private final Console console;

  public BilletsMain(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.console = surroundings.console();
  }

  public static void main(String[] args) {
    // What libraries log is no language for people: failures come as sentences.
    LogManager.getLogManager().reset();
    Map<String, String> environment = System.getenv();
    Surroundings surroundings =
        new Surroundings(
            Console.ofSystem(environment),
            environment,
            Path.of(System.getProperty("user.home")),
            Clock.systemDefaultZone(),
            RemoteDesk::new);
    System.exit(new BilletsMain(surroundings).runTyped(args));
  }

  private int runTyped(String[] args) {
    try {
      return run(TypedArguments.of(args));
    } catch (UsageException e) {
      return new FailureHandler(console, JsonWish.in(List.of(args))).handle(e, null);
    }
  }

  /**
   * Does what the command line asks for.
   *
   * @return what to end with: the code of an {@link ExitStatus}, or of the command that was run
   */
  public int run(String... args) {
    CommandLine commandLine = RootCommand.commandLine();
    FailureHandler failures = new FailureHandler(console, JsonWish.in(List.of(args)));
    try {
      ParseResult parsed = CommandTail.parse(commandLine, args);
      return run(commandLine, parsed, failures);
    } catch (ParameterException e) {
      return failures.handle(e, Misuse.verb(e.getCommandLine()));
    }
  }

  private int run(CommandLine commandLine, ParseResult parsed, FailureHandler failures) {
    ParseResult asked = innermost(parsed);
    String verb = Misuse.verb(asked.commandSpec().commandLine());
    int code;
    try {
      perform(commandLine, asked);
      code = ExitStatus.OK.code();
    } catch (RuntimeException | Error e) {
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
      try (Invocation invocation =
          new Invocation(surroundings, (RootCommand) commandLine.getCommand())) {
        verb.run(invocation);
      }
    } else {
      throw new UsageException(
          "say what to do: one of " + String.join(", ", HelpText.verbs(command)));
    }
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

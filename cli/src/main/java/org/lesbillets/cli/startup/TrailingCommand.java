package org.lesbillets.cli.startup;

import java.util.Arrays;
import java.util.List;
import org.lesbillets.cli.command.RunsChildProcess;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Parses a command line whose part behind {@code --} may be a child's: a verb that runs a child
 * process gets it verbatim. For every other verb {@code --} only ends the options. Stateless.
 */
public final class TrailingCommand {
  private static final String DELIMITER = "--";

  private TrailingCommand() {}

  public static ParseResult parse(CommandLine commandLine, String... args) {
    int end = List.of(args).indexOf(DELIMITER);
    if (end >= 0) {
      String[] head = Arrays.copyOf(args, end);
      if (verb(commandLine, head) instanceof RunsChildProcess verb) {
        ParseResult parsed = commandLine.parseArgs(head);
        verb.command(List.of(args).subList(end + 1, args.length));
        return parsed;
      }
    }
    return commandLine.parseArgs(args);
  }

  private static Object verb(CommandLine commandLine, String[] head) {
    String name = FastPathParser.name(commandLine.getCommandSpec().optionsMap(), head);
    CommandLine verb = name == null ? null : commandLine.getSubcommands().get(name);
    return verb == null ? null : verb.getCommand();
  }
}

package org.lesbillets.cli;

import java.util.Arrays;
import java.util.List;
import org.lesbillets.cli.command.OneVerb;
import org.lesbillets.cli.command.RunsCommand;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/**
 * Parses a command line of which the part behind {@code --} may be somebody else's: a verb that
 * runs commands gets it word for word. For every other verb {@code --} only ends the options.
 */
final class CommandTail {
  private static final String DELIMITER = "--";

  private CommandTail() {}

  static ParseResult parse(CommandLine commandLine, String... args) {
    int end = List.of(args).indexOf(DELIMITER);
    if (end >= 0) {
      String[] head = Arrays.copyOf(args, end);
      if (verb(commandLine, head) instanceof RunsCommand verb) {
        ParseResult parsed = commandLine.parseArgs(head);
        verb.command(List.of(args).subList(end + 1, args.length));
        return parsed;
      }
    }
    return commandLine.parseArgs(args);
  }

  private static Object verb(CommandLine commandLine, String[] head) {
    String name = OneVerb.name(commandLine.getCommandSpec().optionsMap(), head);
    CommandLine verb = name == null ? null : commandLine.getSubcommands().get(name);
    return verb == null ? null : verb.getCommand();
  }
}

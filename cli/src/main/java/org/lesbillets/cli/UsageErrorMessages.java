package org.lesbillets.cli;

import java.util.List;
import java.util.stream.Stream;
import org.lesbillets.cli.command.HelpText;
import org.lesbillets.cli.command.RunsChildProcess;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.query.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Sentences for parse errors of a command line, with suggestions for misspelt words. Stateless. */
final class UsageErrorMessages {
  private UsageErrorMessages() {}

  static String sentence(ParameterException wrong) {
    CommandLine at = wrong.getCommandLine();
    if (wrong instanceof UnmatchedArgumentException unmatched) {
      String argument = unmatched.getUnmatched().get(0);
      return argument.startsWith("-") ? unknownOption(at, argument) : unmatched(at, argument);
    }
    // A misspelt option is reported before what is missing because of it.
    return at.getUnmatchedArguments().stream()
        .filter(argument -> argument.startsWith("-"))
        .findFirst()
        .map(option -> unknownOption(at, option))
        .orElseGet(() -> reworded(wrong.getMessage()));
  }

  private static String unknownOption(CommandLine at, String argument) {
    String option = argument.startsWith("--") ? argument.replaceFirst("=.*", "") : argument;
    String verb = at.getParent() == null ? "" : " of " + verb(at);
    boolean ofCommand = at.getCommand() instanceof RunsChildProcess && !argument.startsWith("--");
    String hint = ofCommand ? "; a command to run stands behind --" : perhapsOption(at, option);
    return "there is no option '" + option + "'" + verb + hint;
  }

  private static String perhapsOption(CommandLine at, String option) {
    List<String> names =
        at.getCommandSpec().options().stream()
            .flatMap(known -> Stream.of(known.names()))
            .filter(name -> name.startsWith("--"))
            .map(name -> name.substring(2))
            .toList();
    String near = Spelling.nearest(option.replaceFirst("^-+", ""), names);
    return near == null ? "" : "; did you mean '--" + near + "'?";
  }

  private static String unmatched(CommandLine at, String argument) {
    if (isWait(at, argument)) {
      return "'" + argument + "' is one argument too many; did you mean '--wait=" + argument + "'?";
    }
    if (at.getCommand() instanceof RunsChildProcess) {
      return "'" + argument + "' is one argument too many: a command to run stands behind --";
    }
    return !at.getSubcommands().isEmpty()
        ? "there is no verb '" + words(at, argument) + "'" + perhapsVerb(at, argument)
        : "'" + argument + "' is one argument too many: put quotes around a text of several words";
  }

  /** Whether it may have been meant as the value of --wait, which takes one only with =. */
  private static boolean isWait(CommandLine at, String argument) {
    try {
      return at.getCommandSpec().findOption("--wait") != null
          && !DurationText.parse(argument).isZero();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** A verb as it is typed behind {@code billets}; null for {@code billets} itself. */
  static String verb(CommandLine command) {
    String whole = command.getCommandSpec().qualifiedName(" ");
    int first = whole.indexOf(' ');
    return first < 0 ? null : whole.substring(first + 1);
  }

  private static String words(CommandLine parent, String word) {
    return parent.getParent() == null ? word : verb(parent) + " " + word;
  }

  private static String perhapsVerb(CommandLine parent, String argument) {
    String near = Spelling.nearest(argument, HelpText.verbs(parent));
    return near == null ? "" : "; did you mean '" + words(parent, near) + "'?";
  }

  private static String reworded(String message) {
    String sentence =
        message.replaceFirst("positional parameter at index \\S+ \\((.*?)\\)", "$1").strip();
    return sentence.isEmpty()
        ? "that cannot be understood"
        : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }
}

package org.lesbillets.cli;

import java.util.List;
import org.lesbillets.cli.command.RunsCommand;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.query.Spelling;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in a sentence what is wrong with a command line, and what was perhaps meant. */
final class Misuse {
  private Misuse() {}

  static String sentence(ParameterException wrong) {
    return wrong instanceof UnmatchedArgumentException unmatched
        ? unmatched(unmatched)
        : reworded(wrong.getMessage());
  }

  private static String unmatched(UnmatchedArgumentException wrong) {
    String argument = wrong.getUnmatched().get(0);
    CommandLine at = wrong.getCommandLine();
    boolean atRoot = at.getParent() == null;
    boolean runsCommands = at.getCommand() instanceof RunsCommand;
    if (wrong.isUnknownOption()) {
      String verb = atRoot ? "" : " of " + verb(at);
      boolean ofCommand = runsCommands && !argument.startsWith("--");
      String hint = ofCommand ? "; a command to run stands behind --" : perhaps(wrong);
      return "there is no option '" + argument + "'" + verb + hint;
    }
    if (isWait(at, argument)) {
      return "'" + argument + "' is one argument too many; did you mean '--wait=" + argument + "'?";
    }
    if (runsCommands) {
      return "'" + argument + "' is one argument too many: a command to run stands behind --";
    }
    return !at.getSubcommands().isEmpty()
        ? "there is no verb '" + words(at, argument) + "'" + perhapsVerb(at, argument)
        : "'" + argument + "' is one argument too many: put quotes around a text of several words";
  }

  /** Whether somebody may have taken it for the value of --wait, which takes one only with =. */
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
    List<String> verbs = List.copyOf(parent.getSubcommands().keySet());
    String near = Spelling.nearest(argument, verbs);
    return near == null ? "" : "; did you mean '" + words(parent, near) + "'?";
  }

  private static String perhaps(UnmatchedArgumentException wrong) {
    List<String> suggestions = wrong.getSuggestions();
    return suggestions.isEmpty()
        ? ""
        : "; did you mean '" + String.join("' or '", suggestions) + "'?";
  }

  private static String reworded(String message) {
    String sentence =
        message.replaceFirst("positional parameter at index \\S+ \\((.*?)\\)", "$1").strip();
    return sentence.isEmpty()
        ? "that cannot be understood"
        : Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
  }
}

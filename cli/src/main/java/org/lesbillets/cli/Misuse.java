package org.lesbillets.cli;

import java.util.List;
import org.lesbillets.cli.command.RunsCommand;
import org.lesbillets.model.query.Spelling;
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
    boolean atRoot = wrong.getCommandLine().getParent() == null;
    boolean runsCommands = wrong.getCommandLine().getCommand() instanceof RunsCommand;
    if (wrong.isUnknownOption()) {
      String verb = atRoot ? "" : " of " + wrong.getCommandLine().getCommandName();
      boolean ofCommand = runsCommands && !argument.startsWith("--");
      String hint = ofCommand ? "; a command to run stands behind --" : perhaps(wrong);
      return "there is no option '" + argument + "'" + verb + hint;
    }
    if (runsCommands) {
      return "'" + argument + "' is one argument too many: a command to run stands behind --";
    }
    return atRoot
        ? "there is no verb '" + argument + "'" + perhapsVerb(wrong, argument)
        : "'" + argument + "' is one argument too many: put quotes around a text of several words";
  }

  private static String perhapsVerb(UnmatchedArgumentException wrong, String argument) {
    List<String> verbs = List.copyOf(wrong.getCommandLine().getSubcommands().keySet());
    String near = Spelling.nearest(argument, verbs);
    return near == null ? "" : "; did you mean '" + near + "'?";
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

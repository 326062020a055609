package org.lesbillets.cli.command.completion;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.lesbillets.cli.command.ColumnOptions;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.output.FieldNames;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Maps an argument of a verb to the kind of words that complete it. Stateless. */
final class CompletionKind {
  /** Nothing follows: it is a flag. */
  static final String NOTHING = "";

  /** A value that cannot be completed. */
  static final String ANYTHING = "any";

  private static final Map<String, String> BY_LABEL =
      Map.of("QUERY", "query", "VERB", "topics", "F", "files", "FILE", "files", "FILE|-", "files");

  /** Which tickets it makes sense to name; without an entry all. */
  private static final Map<String, String> TICKETS =
      Map.of(
          "close", "status:open",
          "reopen", "status:closed",
          "unlock", "status:locked",
          "snooze", "status:open not:is:asleep",
          "wake", "is:asleep");

  private static final Set<String> TAGS = Set.of("--tag", "--add-tag", "--remove-tag");

  private CompletionKind() {}

  static String of(String verb, ArgSpec argument) {
    if (argument.arity().max() == 0) {
      return NOTHING;
    }
    for (ITypeConverter<?> converter : argument.converters()) {
      if (converter instanceof Converters.OfWords<?> words) {
        return words("words", words.words());
      }
      if (converter instanceof Converters.OfContext) {
        return "contexts";
      }
      if (converter instanceof Converters.OfAssignee) {
        return "assignee";
      }
    }
    if (argument instanceof OptionSpec option
        && Stream.of(option.names()).anyMatch(TAGS::contains)) {
      return "tags";
    }
    if (argument.paramLabel().equals(ColumnOptions.LABEL)) {
      FieldNames names = verb.equals("history") ? FieldNames.OF_EVENTS : FieldNames.OF_TICKETS;
      return words("listed", names.all());
    }
    if (argument.paramLabel().equals("REF")) {
      return words("tickets", List.of(TICKETS.getOrDefault(verb, "")));
    }
    return BY_LABEL.getOrDefault(argument.paramLabel(), ANYTHING);
  }

  private static String words(String first, List<String> more) {
    return (first + " " + String.join(" ", more)).strip();
  }
}

package org.lesbillets.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;
import picocli.CommandLine.Parameters;

/** Mixin: a query as the positional words of a verb. */
public final class QueryWords {
  private static final int SHOWN = 500;

  @Parameters(
      arity = "0..*",
      paramLabel = "QUERY",
      description = "Which tickets: terms that must all be true. See billets help query.")
  List<String> words = new ArrayList<>();

  /**
   * The parsed query; null for all tickets.
   *
   * @throws UsageException if it cannot be understood; points at the column
   */
  public TicketQuery query() {
    for (String word : words) {
      check(word);
    }
    return words.isEmpty() ? null : parse(String.join(" ", words));
  }

  /** A mistyped option would be searched for in texts, and an empty word match everything. */
  private static void check(String word) {
    if (word.isBlank()) {
      throw new UsageException(
          "a word of the query is empty, perhaps a variable of the shell that is not set: for all"
              + " tickets leave it out");
    }
    if (word.length() > 1 && isForeignDash(word.charAt(0))) {
      throw new UsageException(
          "'"
              + word
              + "' begins with a dash that is no hyphen: did you mean '--"
              + word.replaceFirst("^[\\p{Pd}\u2212]+", "")
              + "'? To look for it in texts, write it as a phrase: '\""
              + word
              + "\"'");
    }
  }

  /** Whether it looks like the hyphen of an option, as word processors put it in its place. */
  private static boolean isForeignDash(char c) {
    return c == '\u2212' || c != '-' && Character.getType(c) == Character.DASH_PUNCTUATION;
  }

  public static TicketQuery parse(String text) {
    try {
      return TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      throw new UsageException(
          "the query is wrong at column " + e.column() + ": " + e.getMessage(),
          pointer(text, e.column() - 1));
    }
  }

  /** The query with the mistake marked below it; of a long one what stands around the mistake. */
  private static List<String> pointer(String text, int at) {
    int from = at > SHOWN ? at - SHOWN / 2 : 0;
    String before = "  " + (from > 0 ? "…" : "");
    String shown = text.substring(from, Math.min(text.length(), from + SHOWN));
    String after = from + SHOWN < text.length() ? "…" : "";
    return List.of(before + shown + after, " ".repeat(before.length() + at - from) + "^");
  }
}

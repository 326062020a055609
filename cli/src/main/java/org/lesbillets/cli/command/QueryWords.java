package org.lesbillets.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;
import picocli.CommandLine.Parameters;

/** A query as words behind the verb. */
final class QueryWords {
  @Parameters(
      arity = "0..*",
      paramLabel = "QUERY",
      description = "Which tickets: terms that must all be true. See billets help query.")
  List<String> words = new ArrayList<>();

  /**
   * What was asked for; null for all tickets.
   *
   * @throws UsageException if it cannot be understood; points at the column
   */
  TicketQuery query() {
    return words.isEmpty() ? null : parse(String.join(" ", words));
  }

  static TicketQuery parse(String text) {
    try {
      return TicketQuery.parse(text);
    } catch (QuerySyntaxException e) {
      throw new UsageException(
          "the query is wrong at column " + e.column() + ": " + e.getMessage(),
          List.of("  " + text, "  " + " ".repeat(e.column() - 1) + "^"));
    }
  }
}

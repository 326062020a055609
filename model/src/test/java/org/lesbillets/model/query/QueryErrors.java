package org.lesbillets.model.query;

import static org.junit.jupiter.api.Assertions.assertThrows;

/** What is said of a query that cannot be understood. */
final class QueryErrors {
  private QueryErrors() {}

  static QuerySyntaxException of(String text) {
    return assertThrows(QuerySyntaxException.class, () -> TicketQuery.parse(text), text);
  }
}

package org.lesbillets.model.query;

/**
 * A token of a query, with its position for error messages. Immutable; any thread.
 *
 * @param start where it begins in the query, counted from 0
 */
record QueryValue(String text, int start) {
  private static final int SHOWN_LENGTH = 40;

  /** A mistake at the beginning of this piece. */
  QuerySyntaxException mistake(String message) {
    return new QuerySyntaxException(message, start + 1);
  }

  /** A mistake at the beginning of this piece, that a shell may have made. */
  QuerySyntaxException mistake(String message, String inShell) {
    return new QuerySyntaxException(message, inShell, start + 1);
  }

  /**
   * The mistake that a limit is exceeded, beginning with this piece.
   *
   * @param message with a %d for the limit
   */
  QuerySyntaxException beyond(int limit, String message) {
    return QuerySyntaxException.beyond(limit, message, start + 1);
  }

  /** What is left after the first {@code length} characters. */
  QueryValue from(int length) {
    return new QueryValue(text.substring(length), start + length);
  }

  /** In quotation marks and not too long, for a message. */
  String quoted() {
    return text.length() <= SHOWN_LENGTH
        ? "'" + text + "'"
        : "'" + text.substring(0, SHOWN_LENGTH) + "…'";
  }
}

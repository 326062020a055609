package org.lesbillets.model.query;

/** A query that cannot be understood. The message is a sentence; it does not repeat the query. */
public final class QuerySyntaxException extends Exception {
  private final int column;

  /**
   * @param column where the mistake is, counted from 1 in UTF-16 units of the query's text
   */
  public QuerySyntaxException(String message, int column) {
    super(message);
    this.column = column;
  }

  /** Where the mistake is, counted from 1. */
  public int column() {
    return column;
  }
}

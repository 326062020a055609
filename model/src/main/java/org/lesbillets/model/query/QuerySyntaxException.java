package org.lesbillets.model.query;

/** A query that cannot be understood. The message is a sentence; it does not repeat the query. */
public final class QuerySyntaxException extends Exception {
  private final int column;
  private final String mistake;
  private final Integer limit;

  /**
   * @param column where the mistake is, counted from 1 in UTF-16 units of the query's text
   */
  public QuerySyntaxException(String message, int column) {
    this(message, column, null);
  }

  private QuerySyntaxException(String message, int column, Integer limit) {
    super(message);
    this.mistake = message;
    this.column = column;
    this.limit = limit;
  }

  /** The mistake that a limit is exceeded, which takes the place of a %d in the message. */
  static QuerySyntaxException beyond(int limit, String message, int column) {
    return new QuerySyntaxException(message.formatted(limit), column, limit);
  }

  /**
   * @param mistake what is wrong, whatever the query was typed into
   * @param inShell what to mind besides where a shell reads the query first
   */
  QuerySyntaxException(String mistake, String inShell, int column) {
    super(mistake + "; " + inShell);
    this.mistake = mistake;
    this.column = column;
    this.limit = null;
  }

  /** What is wrong, without advice for the shell. */
  public String mistake() {
    return mistake;
  }

  /** Where the mistake is, counted from 1. */
  public int column() {
    return column;
  }

  /** The limit that the query exceeds, or null if that is not the mistake. */
  public Integer limit() {
    return limit;
  }
}

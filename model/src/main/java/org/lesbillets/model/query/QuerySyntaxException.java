package org.lesbillets.model.query;

/** A query that cannot be understood. The message is a sentence; it does not repeat the query. */
public final class QuerySyntaxException extends Exception {
  private final int column;
  private final String mistake;

  /**
   * @param column where the mistake is, counted from 1 in UTF-16 units of the query's text
   */
  public QuerySyntaxException(String message, int column) {
    super(message);
    this.mistake = message;
    this.column = column;
  }

  /**
   * @param mistake what is wrong, whatever the query was typed into
   * @param inShell what to mind besides where a shell reads the query first
   */
  QuerySyntaxException(String mistake, String inShell, int column) {
    super(mistake + "; " + inShell);
    this.mistake = mistake;
    this.column = column;
  }

  /** What is wrong, without advice for the shell. */
  public String mistake() {
    return mistake;
  }

  /** Where the mistake is, counted from 1. */
  public int column() {
    return column;
  }
}

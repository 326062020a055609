package org.lesbillets.server.journal;

/**
 * The journal cannot be opened, read or written. The message is a sentence for the server's
 * operator: what happened, where, and what to do next.
 */
public final class JournalException extends RuntimeException {
  private final boolean passing;

  public JournalException(String message) {
    this(message, null);
  }

  public JournalException(String message, Throwable cause) {
    this(message, cause, false);
  }

  private JournalException(String message, Throwable cause, boolean passing) {
    super(message, cause);
    this.passing = passing;
  }

  /** Nothing is damaged: another try may succeed. */
  public static JournalException passing(String message, Throwable cause) {
    return new JournalException(message, cause, true);
  }

  /** Whether another try may succeed. */
  public boolean isPassing() {
    return passing;
  }
}

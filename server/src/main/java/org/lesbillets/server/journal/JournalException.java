package org.lesbillets.server.journal;

/**
 * The journal cannot be opened, read or written. The message is a sentence for the server's
 * operator: what happened, where, and what to do next.
 */
public final class JournalException extends RuntimeException {
  public JournalException(String message) {
    super(message);
  }

  public JournalException(String message, Throwable cause) {
    super(message, cause);
  }
}

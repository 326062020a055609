package org.lesbillets.cli.command;

/** What was asked for may not be done through a shared account. The message is a sentence. */
public final class NotAllowedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotAllowedException(String message) {
    super(message);
  }
}

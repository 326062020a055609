package org.lesbillets.cli.command.bulk;

/**
 * Some of many things could not be done, and each was told. The message counts them; how this
 * program ends is decided by the first, which is the cause.
 */
public final class PartialFailureException extends RuntimeException {
  /**
   * @param first a RejectedException or a ConnectionException
   */
  PartialFailureException(String message, RuntimeException first) {
    super(message, first);
  }

  public RuntimeException first() {
    return (RuntimeException) getCause();
  }
}

package org.lesbillets.cli.command;

/**
 * Some of many things could not be done, and each was told. The message counts them; how this
 * program ends is decided by the first, which is the cause.
 */
public final class SomeFailed extends RuntimeException {
  /**
   * @param first a RejectedException or a ConnectionException
   */
  SomeFailed(String message, RuntimeException first) {
    super(message, first);
  }

  public RuntimeException first() {
    return (RuntimeException) getCause();
  }
}

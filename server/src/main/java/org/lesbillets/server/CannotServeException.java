package org.lesbillets.server;

/** The server cannot listen. The message is a sentence for the operator. */
final class CannotServeException extends RuntimeException {
  CannotServeException(String message, Throwable cause) {
    super(message, cause);
  }
}

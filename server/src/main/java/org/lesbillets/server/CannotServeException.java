package org.lesbillets.server;

/** The server cannot start. The message says why, and what to do. */
final class CannotServeException extends RuntimeException {
  CannotServeException(String message, Throwable cause) {
    super(message, cause);
  }
}

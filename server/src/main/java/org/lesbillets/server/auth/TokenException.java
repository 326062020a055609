package org.lesbillets.server.auth;

/**
 * The tokens cannot be read or changed as asked. The message is a sentence fit for whoever runs the
 * server.
 */
public final class TokenException extends RuntimeException {
  public TokenException(String message) {
    super(message);
  }

  public TokenException(String message, Throwable cause) {
    super(message, cause);
  }
}

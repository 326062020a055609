package org.lesbillets.server.auth;

/** The tokens cannot be read or changed. The message is a sentence for the server's operator. */
public final class TokenException extends RuntimeException {
  public TokenException(String message) {
    super(message);
  }

  public TokenException(String message, Throwable cause) {
    super(message, cause);
  }
}

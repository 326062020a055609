package org.lesbillets.server.unix;

/** The socket cannot be served. The message is a sentence for the server's operator. */
public final class UnixSocketException extends RuntimeException {
  public UnixSocketException(String message) {
    super(message);
  }

  public UnixSocketException(String message, Throwable cause) {
    super(message, cause);
  }
}

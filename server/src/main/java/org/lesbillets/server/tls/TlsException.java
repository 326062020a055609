package org.lesbillets.server.tls;

/** The certificate or its key cannot be used. The message is a sentence for the operator. */
public final class TlsException extends RuntimeException {
  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}

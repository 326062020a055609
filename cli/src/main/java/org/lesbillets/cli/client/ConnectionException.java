package org.lesbillets.cli.client;

import java.util.Objects;

/**
 * The server could not be asked, or its answer did not come. The message is a sentence for a
 * person: it names the server and says what to do next.
 */
public final class ConnectionException extends RuntimeException {

  /** What went wrong. */
  public enum Kind {
    /** No connection came about; nothing was sent. */
    UNREACHABLE,
    /** The server does not know the token (401). */
    UNAUTHORIZED,
    /** The server does not let this client in (403). */
    FORBIDDEN,
    /** No answer in time: the outcome is unknown, if a change was asked for. */
    TIMEOUT,
    /** The connection ended while an answer was owed: the outcome is unknown. */
    LOST,
    /** The other side does not speak this protocol. */
    PROTOCOL
  }

  private final Kind kind;

  public ConnectionException(Kind kind, String message) {
    this(kind, message, null);
  }

  public ConnectionException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = Objects.requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }
}

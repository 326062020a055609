package org.lesbillets.cli.client;

import java.util.Objects;

/**
 * The server could not be asked, or did not answer. The message is a sentence for a person, which
 * names the server and says what to do next.
 */
public final class ConnectionException extends RuntimeException {

  /** What went wrong, and whether a retry can help. */
  public enum Kind {
    /** Transient: no connection could be made, so nothing was sent; a server may be restarting. */
    UNREACHABLE(true, false),
    /** Final: the server does not know the token (401); every server of the team says the same. */
    UNAUTHORIZED(false, false),
    /** Final: the server does not admit this client (403); every server says the same. */
    FORBIDDEN(false, false),
    /** Final: the listener belongs to a user who may not have the token; nothing was sent. */
    STRANGER(false, false),
    /** Transient: no answer in time. The outcome is unknown, if a change was asked for. */
    TIMEOUT(true, true),
    /** Transient: the connection ended while an answer was owed. The outcome is unknown. */
    LOST(true, true),
    /** Final: the other side does not speak this protocol; another address of the list may. */
    PROTOCOL(false, false);

    private final boolean isTransient;
    private final boolean isUnknown;

    Kind(boolean isTransient, boolean isUnknown) {
      this.isTransient = isTransient;
      this.isUnknown = isUnknown;
    }

    /** Whether a retry over another connection can succeed. */
    public boolean isTransient() {
      return isTransient;
    }

    /** Whether a server had the request, so that its outcome is unknown. */
    public boolean isOutcomeUnknown() {
      return isUnknown;
    }

    /** Whether the other servers of a team would answer the same. */
    boolean isOfAllServers() {
      return this == UNAUTHORIZED || this == FORBIDDEN;
    }
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

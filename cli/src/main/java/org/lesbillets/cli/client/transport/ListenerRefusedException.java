package org.lesbillets.cli.client.transport;

import java.io.IOException;

/** The listener on this machine belongs to a user who is not trusted. */
public final class ListenerRefusedException extends IOException {
  private static final long UNKNOWN = -1;

  private final long uid;
  private final String user;

  /**
   * @param uid of the owner
   */
  ListenerRefusedException(long uid) {
    super("the listener belongs to uid " + uid);
    this.uid = uid;
    this.user = null;
  }

  /** When the owner cannot be determined. */
  ListenerRefusedException(IOException cause) {
    super("the owner of the listener is unknown", cause);
    this.uid = UNKNOWN;
    this.user = null;
  }

  /**
   * Of a Unix domain socket.
   *
   * @param user the name, or the number of one without a name
   */
  ListenerRefusedException(String user) {
    super("the listener belongs to " + user);
    this.uid = UNKNOWN;
    this.user = user;
  }

  /** The user who listens on a Unix domain socket; null for another listener. */
  public String user() {
    return user;
  }

  /** The owner of the listener; negative if it could not be determined. */
  public long uid() {
    return uid;
  }
}

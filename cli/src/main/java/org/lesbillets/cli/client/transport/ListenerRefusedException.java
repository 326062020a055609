package org.lesbillets.cli.client.transport;

import java.io.IOException;

/** The listener on a loopback address belongs to a user who is not trusted with the token. */
public final class ListenerRefusedException extends IOException {
  private static final long UNKNOWN = -1;

  private final long uid;

  /**
   * @param uid of the owner
   */
  ListenerRefusedException(long uid) {
    super("the listener belongs to uid " + uid);
    this.uid = uid;
  }

  /** When the owner cannot be determined. */
  ListenerRefusedException(IOException cause) {
    super("the owner of the listener is unknown", cause);
    this.uid = UNKNOWN;
  }

  /** The owner of the listener; negative if it could not be determined. */
  public long uid() {
    return uid;
  }
}

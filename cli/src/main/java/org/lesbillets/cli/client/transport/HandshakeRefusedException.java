package org.lesbillets.cli.client.transport;

import java.io.IOException;

/** The answer to a handshake is not the upgrade that was asked for. */
public final class HandshakeRefusedException extends IOException {
  private final int status;

  HandshakeRefusedException(int status) {
    super("the handshake was answered with HTTP status " + status);
    this.status = status;
  }

  /** The HTTP status of its answer; 0 if that was no HTTP. */
  public int status() {
    return status;
  }
}

package org.lesbillets.cli.client.transport;

/** The other side did not upgrade the connection. */
public final class HandshakeRefusedException extends Exception {
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

package org.lesbillets.cli.client.transport;

import java.io.IOException;

/** The answer to a handshake is not the upgrade that was asked for. */
public final class HandshakeRefusedException extends IOException {
  private final int status;
  private final String sentence;

  HandshakeRefusedException(int status) {
    this(status, "");
  }

  HandshakeRefusedException(int status, String sentence) {
    super("the handshake was answered with HTTP status " + status);
    this.status = status;
    this.sentence = sentence;
  }

  /** What the server says of it, in one line; perhaps empty. */
  public String sentence() {
    return sentence;
  }

  /** The HTTP status of its answer; 0 if that was no HTTP. */
  public int status() {
    return status;
  }
}

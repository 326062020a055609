package org.lesbillets.cli.client.transport;

/** The other side broke the rules of WebSocket. The message says how, in a few words. */
public final class ProtocolViolationException extends Exception {
  private final int code;

  ProtocolViolationException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The close code that tells the other side. */
  public int code() {
    return code;
  }
}

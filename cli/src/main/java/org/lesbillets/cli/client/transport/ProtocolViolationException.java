package org.lesbillets.cli.client.transport;

/** A frame that breaks the rules of RFC 6455. The message says which, in a few words. */
final class ProtocolViolationException extends Exception {
  private final int code;

  ProtocolViolationException(int code, String message) {
    super(message);
    this.code = code;
  }

  /** The close code to answer with. */
  int code() {
    return code;
  }
}

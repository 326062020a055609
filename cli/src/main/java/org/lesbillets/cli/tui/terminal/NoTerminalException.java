package org.lesbillets.cli.tui.terminal;

/** Thrown when there is no terminal to take over; the message is a sentence for people. */
public final class NoTerminalException extends RuntimeException {
  NoTerminalException(String message, Throwable cause) {
    super(message, cause);
  }

  NoTerminalException(String message) {
    super(message);
  }
}

package org.lesbillets.cli.command.watch;

/** What was waited for did not happen in time. The message is a sentence. */
public final class WaitOverException extends RuntimeException {
  WaitOverException(String message) {
    super(message);
  }
}

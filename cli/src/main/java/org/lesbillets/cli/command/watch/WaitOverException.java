package org.lesbillets.cli.command.watch;

/** A timeout of the verbs wait and watch. The message is a sentence. */
public final class WaitOverException extends RuntimeException {
  WaitOverException(String message) {
    super(message);
  }
}

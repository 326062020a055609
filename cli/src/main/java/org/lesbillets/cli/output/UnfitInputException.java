package org.lesbillets.cli.output;

/** What came from standard input is no text that can be taken. The message says why. */
public final class UnfitInputException extends RuntimeException {
  UnfitInputException(String message) {
    super(message);
  }
}

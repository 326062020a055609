package org.lesbillets.cli.output.console;

/** Whoever read our output has gone: nothing is wrong, and nothing more is to be said. */
public final class ClosedPipeException extends RuntimeException {
  public ClosedPipeException() {
    super("the reader of the output has gone");
  }
}

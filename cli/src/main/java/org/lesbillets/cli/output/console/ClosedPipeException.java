package org.lesbillets.cli.output.console;

/** Standard output has no reader any more: no error, and nothing more is printed. */
public final class ClosedPipeException extends RuntimeException {
  public ClosedPipeException() {
    super("the reader of the output has gone");
  }
}

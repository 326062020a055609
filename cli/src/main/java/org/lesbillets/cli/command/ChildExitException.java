package org.lesbillets.cli.command;

/**
 * A command that was run for somebody ended with another code than 0, or could not be run: this
 * program ends with the same code.
 */
public final class ChildExitException extends RuntimeException {
  private final int code;

  /**
   * @param code what to end with, 1 to 255
   * @param sentence what there is to say; null when the command has said it
   */
  public ChildExitException(int code, String sentence) {
    super(sentence);
    this.code = code;
  }

  /** Whether the code is that of the command, and not of this program that could not run it. */
  public boolean isOfCommand() {
    return getMessage() == null;
  }

  public int code() {
    return code;
  }
}

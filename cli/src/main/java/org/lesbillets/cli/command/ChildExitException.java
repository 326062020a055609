package org.lesbillets.cli.command;

/**
 * The exit code of a child process other than 0, or the failure to start it; this program ends with
 * the same code.
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

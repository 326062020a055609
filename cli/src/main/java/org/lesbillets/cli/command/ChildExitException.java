package org.lesbillets.cli.command;

/**
 * The exit code of a child process other than 0, or the failure to start it; this program ends with
 * the same code.
 */
public final class ChildExitException extends RuntimeException {
  private final int code;

  /**
   * @param code what to end with, 1 to 255
   * @param sentence the sentence; null when the child printed one
   */
  public ChildExitException(int code, String sentence) {
    super(sentence);
    this.code = code;
  }

  /** Whether the exit code is the child's, rather than this program's that could not start it. */
  public boolean isOfCommand() {
    return getMessage() == null;
  }

  public int code() {
    return code;
  }
}

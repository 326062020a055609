package org.lesbillets.cli.command;

/**
 * A command that was run for somebody ended with another code than 0, or could not be run: this
 * program ends with the same code.
 */
public final class CommandFailure extends RuntimeException {
  private final int code;

  /**
   * @param code what to end with, 1 to 255
   * @param sentence what there is to say; null when the command has said it
   */
  CommandFailure(int code, String sentence) {
    super(sentence);
    this.code = code;
  }

  public int code() {
    return code;
  }
}

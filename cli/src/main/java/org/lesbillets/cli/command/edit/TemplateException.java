package org.lesbillets.cli.command.edit;

/** A draft cannot be sent as it is. The message is a sentence that says what to mend. */
public final class TemplateException extends Exception {
  public TemplateException(String message) {
    super(message);
  }
}

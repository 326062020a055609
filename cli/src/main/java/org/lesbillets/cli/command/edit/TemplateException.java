package org.lesbillets.cli.command.edit;

/** A parse error of a draft. The message is a sentence that says what to mend. */
public final class TemplateException extends Exception {
  public TemplateException(String message) {
    super(message);
  }
}

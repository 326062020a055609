package org.lesbillets.cli.output;

/** Colours, each in addition to words that say the same. */
public enum TextTone {
  PLAIN(""),
  HEADING("1"),
  QUIET("2"),
  GOOD("32"),
  /** Not yellow, which cannot be read on a white background. */
  CAUTION("35"),
  ALARM("31");

  private final String code;

  TextTone(String code) {
    this.code = code;
  }

  /** The text in this tone, or bare when colour is not wanted. */
  public String paint(String text, boolean colour) {
    return !colour || code.isEmpty() || text.isEmpty()
        ? text
        : "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}

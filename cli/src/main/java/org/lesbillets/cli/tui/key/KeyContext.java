package org.lesbillets.cli.tui.key;

/** Where the focus is when a key is pressed, which decides the action it is bound to. */
public enum KeyContext {
  LIST("List", false),
  DETAIL("Ticket", false),
  OVERVIEW("Overview", false),
  /** A scrolled text: the help, the output of a verb. */
  PAGER("Reading", false),
  /** A question that one character answers. */
  CHOICE("Question", false),
  /** One line of input: filter, command, reason. */
  LINE("Line", true),
  /** Input of several lines: a comment. */
  TEXT("Comment", true),
  FORM("Form", true);

  private final String title;
  private final boolean typing;

  KeyContext(String title, boolean typing) {
    this.title = title;
    this.typing = typing;
  }

  /** Its heading in the help. */
  public String title() {
    return title;
  }

  /** Whether characters are input, so that no action can be bound to one. */
  public boolean isTyping() {
    return typing;
  }
}

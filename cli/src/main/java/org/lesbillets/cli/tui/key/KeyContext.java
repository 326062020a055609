package org.lesbillets.cli.tui.key;

/** Where a key is pressed: what it does depends on it. */
public enum KeyContext {
  LIST("List", false),
  DETAIL("Ticket", false),
  OVERVIEW("Overview", false),
  /** A text that is read: this help, the output of a verb. */
  PAGER("Reading", false),
  /** A question that one character answers. */
  CHOICE("Question", false),
  /** A line that is typed: filter, command, reason. */
  LINE("Line", true),
  /** A text of several lines that is typed: a comment. */
  TEXT("Comment", true),
  FORM("Form", true);

  private final String title;
  private final boolean typing;

  KeyContext(String title, boolean typing) {
    this.title = title;
    this.typing = typing;
  }

  /** What the help calls it. */
  public String title() {
    return title;
  }

  /** Whether characters are text there, so that no action can be on one. */
  public boolean isTyping() {
    return typing;
  }
}

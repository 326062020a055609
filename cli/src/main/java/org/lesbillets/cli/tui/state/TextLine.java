package org.lesbillets.cli.tui.state;

import java.util.Objects;

/**
 * A line of a text that is read, and what it is.
 *
 * @param lead how many characters at its beginning are a label: a field's name, the keys that do
 *     something, a time
 * @param text harmless, and no wider than was asked for
 */
public record TextLine(Kind kind, int lead, String text) {

  /** What a line can be. */
  public enum Kind {
    HEADING,
    TEXT,
    /** Who and when: less weighty than what they said. */
    QUIET,
    CAUTION,
    ALARM,
    GOOD
  }

  public static final TextLine BLANK = new TextLine(Kind.TEXT, "");

  public TextLine {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
    if (lead < 0 || lead > text.length()) {
      throw new IllegalArgumentException("no label of " + lead + " in " + text.length());
    }
  }

  /** A line without a label. */
  public TextLine(Kind kind, String text) {
    this(kind, 0, text);
  }
}

package org.lesbillets.cli.tui.state;

import java.util.Objects;

/**
 * A line of text and its kind, which decides its style. Immutable.
 *
 * @param lead length of the label in front: a field name, keys, a time
 * @param text sanitized, and no wider than requested
 */
public record TextLine(Kind kind, int lead, String text) {

  /** The kinds of lines. */
  public enum Kind {
    HEADING,
    TEXT,
    /** Author and time: less important than the text. */
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

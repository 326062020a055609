package org.lesbillets.cli.tui.state;

import java.util.Objects;

/**
 * A line of a text that is read, and what it is.
 *
 * @param text harmless, and no wider than was asked for
 */
public record TextLine(Kind kind, String text) {

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

  public TextLine {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(text, "text");
  }
}

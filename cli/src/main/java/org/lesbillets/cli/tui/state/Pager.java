package org.lesbillets.cli.tui.state;

import java.util.List;

/**
 * A text in place of the whole screen, scrolled. Immutable.
 *
 * @param lines sanitized, not wrapped: the renderer cuts them
 * @param top the first visible line
 */
public record Pager(Kind kind, String title, List<TextLine> lines, int top) {

  /** The sources of text. */
  public enum Kind {
    HELP,
    OUTPUT
  }

  public Pager {
    lines = List.copyOf(lines);
  }

  public Pager at(int line) {
    return new Pager(kind, title, lines, Math.max(0, Math.min(line, lines.size() - 1)));
  }
}

package org.lesbillets.cli.tui.state;

import java.util.List;

/**
 * A text that is read in place of everything else.
 *
 * @param kind what it is
 * @param lines harmless, and not wrapped: what is too wide is cut by whoever draws it
 * @param top the first line one sees
 */
public record Pager(Kind kind, String title, List<TextLine> lines, int top) {

  /** What can be read. */
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

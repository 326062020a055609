package org.lesbillets.cli.tui.render;

import java.util.List;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.TextLine.Kind;

/** A scrolled text: wrapped lines from an offset on. Stateless. */
final class LinesPane {
  private LinesPane() {}

  /**
   * Clamps the scroll offset, so that the last line is never above the bottom.
   *
   * @param wished the offset scrolled to
   */
  static int top(int wished, int lines, int rows) {
    return Math.max(0, Math.min(wished, lines - rows));
  }

  /** The visible range in words; empty when all lines are visible. */
  static String part(int top, int lines, int rows) {
    if (lines <= rows) {
      return "";
    }
    return "lines " + (top + 1) + "-" + Math.min(lines, top + rows) + " of " + lines;
  }

  /** Draws the lines that fit. */
  static void draw(List<TextLine> lines, int top, Area area) {
    for (int row = 0; row < area.rows() && top + row < lines.size(); row++) {
      TextLine line = lines.get(top + row);
      boolean section =
          line.kind() == Kind.HEADING && top + row > 0 && lines.get(top + row - 1).text().isEmpty();
      draw(line, section, area.row(row));
    }
  }

  private static void draw(TextLine line, boolean section, Area area) {
    LineWriter writer = area.writer(0);
    Style style = Styles.of(line.kind());
    Style label = line.kind() == Kind.QUIET ? Styles.BOLD : Styles.QUIET;
    writer.put(line.text().substring(0, line.lead()), label);
    writer.put(line.text().substring(line.lead()), style);
    if (section) {
      String rule =
          area.glyphs().horizontal().repeat(Math.max(0, area.columns() - writer.column()));
      writer.space(1, Styles.QUIET).put(rule.substring(Math.min(1, rule.length())), Styles.QUIET);
    }
  }
}

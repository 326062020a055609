package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Style;

/** The border of a pane, with words in its lines. Draws nothing inside. Stateless. */
final class PaneBorder {
  private static final int WORDS_AT = 2;

  private PaneBorder() {}

  /**
   * Draws a border on four sides.
   *
   * @param title in the upper line, at the left
   * @param foot in the lower line, at the left
   * @return the area inside, with a margin of a column
   */
  static Area draw(Area area, String title, String foot) {
    Glyphs glyphs = area.glyphs();
    int last = area.rows() - 1;
    area.clear(Styles.PLAIN);
    edge(area, 0, glyphs.corner(0), glyphs.corner(1));
    for (int row = 1; row < last; row++) {
      area.put(0, row, glyphs.vertical(), Styles.QUIET);
      area.put(area.columns() - 1, row, glyphs.vertical(), Styles.QUIET);
    }
    edge(area, last, glyphs.corner(2), glyphs.corner(3));
    words(area, 0, title, Styles.STRONG);
    words(area, last, foot, Styles.QUIET);
    return area.part(2, 1, area.columns() - 4, area.rows() - 2);
  }

  /** Draws a line above a pane, with a title in it; returns the area below. */
  static Area lid(Area area, String title) {
    area.clear(Styles.PLAIN);
    rule(area, 0);
    words(area, 0, title, Styles.STRONG);
    return area.part(1, 1, area.columns() - 2, area.rows() - 1);
  }

  /** Draws a horizontal line. */
  private static void rule(Area area, int row) {
    area.put(0, row, area.glyphs().horizontal().repeat(Math.max(0, area.columns())), Styles.QUIET);
  }

  private static void edge(Area area, int row, String left, String right) {
    rule(area, row);
    area.put(0, row, left, Styles.QUIET);
    area.put(area.columns() - 1, row, right, Styles.QUIET);
  }

  private static void words(Area area, int row, String text, Style style) {
    String shown = area.cut(area.shown(text), area.columns() - 2 * WORDS_AT - 2);
    if (!shown.isEmpty()) {
      area.put(WORDS_AT, row, " " + shown + " ", style);
    }
  }

  /** Draws words at the right of the upper line. */
  static void right(Area area, String text, Style style) {
    String shown = area.cut(area.shown(text), area.columns() / 2 - WORDS_AT - 2);
    if (!shown.isEmpty()) {
      int width = CellText.width(shown) + 2;
      area.put(area.columns() - WORDS_AT - width, 0, " " + shown + " ", style);
    }
  }
}

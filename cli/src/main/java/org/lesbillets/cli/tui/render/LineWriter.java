package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Style;

/**
 * A writer along one row of an area: each text is drawn behind the one before. Confined to the
 * thread that draws.
 */
final class LineWriter {
  private final Area area;
  private final int row;
  private int column;

  LineWriter(Area area, int row) {
    this.area = area;
    this.row = row;
  }

  /** The column of the next text. */
  int column() {
    return column;
  }

  /** Moves to a column. */
  LineWriter at(int column) {
    this.column = column;
    return this;
  }

  LineWriter put(String text, Style style) {
    column = area.put(column, row, text, style);
    return this;
  }

  /** A text, left-aligned and truncated to a width. */
  LineWriter left(String text, int cells, Style style) {
    int room = room(cells);
    return put(CellText.padRight(area.cut(area.shown(text), room), room), style);
  }

  /** A text, right-aligned and truncated to a width. */
  LineWriter right(String text, int cells, Style style) {
    int room = room(cells);
    return put(CellText.padLeft(area.cut(area.shown(text), room), room), style);
  }

  LineWriter space(int cells, Style style) {
    return put(" ".repeat(room(cells)), style);
  }

  private int room(int cells) {
    return Math.max(0, Math.min(cells, area.columns() - column));
  }

  /** Fills the rest of the row with blanks. */
  void rest(Style style) {
    space(area.columns() - column, style);
  }
}

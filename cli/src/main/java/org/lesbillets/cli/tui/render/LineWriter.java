package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Style;

/** Draws along one row of an area, each text behind the one before. One thread draws. */
final class LineWriter {
  private final Area area;
  private final int row;
  private int column;

  LineWriter(Area area, int row) {
    this.area = area;
    this.row = row;
  }

  /** Where the next text comes. */
  int column() {
    return column;
  }

  /** Goes to a column. */
  LineWriter at(int column) {
    this.column = column;
    return this;
  }

  LineWriter put(String text, Style style) {
    column = area.put(column, row, text, style);
    return this;
  }

  /** A text at the left of so many cells. */
  LineWriter left(String text, int cells, Style style) {
    int room = room(cells);
    return put(CellText.padRight(area.cut(area.shown(text), room), room), style);
  }

  /** A text at the right of so many cells. */
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

  /** Blanks what is left of the row. */
  void rest(Style style) {
    space(area.columns() - column, style);
  }
}

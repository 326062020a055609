package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Canvas;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.text.ShownText;

/**
 * A rectangle of a canvas: what is drawn outside of it is not there. All text goes through here and
 * is made harmless on its way. One thread draws.
 */
final class Area {
  private final Canvas canvas;
  private final Glyphs glyphs;
  private int left;
  private int top;
  private int columns;
  private int rows;

  /** The whole canvas. */
  Area(Canvas canvas, Glyphs glyphs) {
    this.canvas = canvas;
    this.glyphs = glyphs;
    this.columns = canvas.columns();
    this.rows = canvas.rows();
  }

  /** A part of this one, cut where it would go beyond it. */
  Area part(int column, int row, int columns, int rows) {
    Area part = new Area(canvas, glyphs);
    int right = Math.min(this.columns, column + columns);
    int bottom = Math.min(this.rows, row + rows);
    part.left = left + Math.max(0, column);
    part.top = top + Math.max(0, row);
    part.columns = Math.max(0, right - Math.max(0, column));
    part.rows = Math.max(0, bottom - Math.max(0, row));
    return part;
  }

  /** One row of this one. */
  Area row(int row) {
    return part(0, row, columns, 1);
  }

  /** This one without so many columns on either side. */
  Area inset(int margin) {
    return part(margin, 0, columns - 2 * margin, rows);
  }

  int columns() {
    return columns;
  }

  int rows() {
    return rows;
  }

  Glyphs glyphs() {
    return glyphs;
  }

  /** Draws along a row, from its beginning. */
  LineWriter writer(int row) {
    return new LineWriter(this, row);
  }

  /** Blanks everything. */
  void clear(Style style) {
    for (int row = 0; row < rows; row++) {
      clear(row, style);
    }
  }

  /** Blanks a row. */
  void clear(int row, Style style) {
    if (holds(0, row)) {
      canvas.fill(left, top + row, columns, style);
    }
  }

  private boolean holds(int column, int row) {
    return column >= 0 && column < columns && row >= 0 && row < rows;
  }

  /** A text as it would be drawn, to be measured. */
  String shown(String text) {
    return glyphs.words(ShownText.line(text));
  }

  /** The text, or its beginning and an ellipsis. */
  String cut(String shown, int cells) {
    return cells <= 0 ? "" : CellText.cut(shown, cells, glyphs.ellipsis());
  }

  /**
   * Puts a text on a row; cut, with an ellipsis, at the edge.
   *
   * @return the column behind it
   */
  int put(int column, int row, String text, Style style) {
    if (!holds(column, row)) {
      return column;
    }
    String cut = cut(shown(text), columns - column);
    canvas.put(left + column, top + row, cut, style);
    return column + CellText.width(cut);
  }

  /** Shows the cursor there; at the edge when it is beyond it. */
  void cursor(int column, int row) {
    if (columns > 0 && rows > 0) {
      canvas.cursor(left + inside(column, columns), top + inside(row, rows));
    }
  }

  /** Moves the hidden cursor there; to the edge when it is beyond it. */
  void point(int column, int row) {
    if (columns > 0 && rows > 0) {
      canvas.point(left + inside(column, columns), top + inside(row, rows));
    }
  }

  private static int inside(int place, int count) {
    return Math.max(0, Math.min(place, count - 1));
  }
}

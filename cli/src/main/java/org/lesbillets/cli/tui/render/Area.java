package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Canvas;
import org.lesbillets.cli.tui.screen.Style;
import org.lesbillets.cli.tui.text.ShownText;

/**
 * A rectangle of a canvas that clips what is drawn outside of it. The one place all text passes
 * through and is made harmless: control characters are replaced here. Confined to the thread that
 * draws.
 */
final class Area {
  private final Canvas canvas;
  private final Glyphs glyphs;
  private int left;
  private int top;
  private int columns;
  private int rows;

  /** Covers the whole canvas. */
  Area(Canvas canvas, Glyphs glyphs) {
    this.canvas = canvas;
    this.glyphs = glyphs;
    this.columns = canvas.columns();
    this.rows = canvas.rows();
  }

  /** A rectangle within this one, clipped at its edges. */
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

  /** One row of it as a rectangle. */
  Area row(int row) {
    return part(0, row, columns, 1);
  }

  /** The rectangle without a margin on either side. */
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

  /** A writer at the start of a row. */
  LineWriter writer(int row) {
    return new LineWriter(this, row);
  }

  /** Fills every cell with blanks. */
  void clear(Style style) {
    for (int row = 0; row < rows; row++) {
      clear(row, style);
    }
  }

  /** Fills a row with blanks. */
  void clear(int row, Style style) {
    if (holds(0, row)) {
      canvas.fill(left, top + row, columns, style);
    }
  }

  private boolean holds(int column, int row) {
    return column >= 0 && column < columns && row >= 0 && row < rows;
  }

  /** The text as it will be drawn, to be measured: harmless, and in glyphs the terminal has. */
  String shown(String text) {
    return glyphs.words(ShownText.line(text));
  }

  /** The text truncated to a width, with an ellipsis if it was longer. */
  String cut(String shown, int cells) {
    return cells <= 0 ? "" : CellText.cut(shown, cells, glyphs.ellipsis());
  }

  /**
   * Draws a text on a row, truncated with an ellipsis at the edge.
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

  /** Shows the cursor at a cell; clamped to the edge. */
  void cursor(int column, int row) {
    if (columns > 0 && rows > 0) {
      canvas.cursor(left + inside(column, columns), top + inside(row, rows));
    }
  }

  /** Moves the hidden cursor to a cell; clamped to the edge. */
  void point(int column, int row) {
    if (columns > 0 && rows > 0) {
      canvas.point(left + inside(column, columns), top + inside(row, rows));
    }
  }

  private static int inside(int place, int count) {
    return Math.max(0, Math.min(place, count - 1));
  }
}

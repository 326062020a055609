package org.lesbillets.cli.tui.screen;

/**
 * A grid of cells to draw on, columns and rows counted from 0. Drawing outside of it is clipped.
 * Confined to the thread that draws.
 */
public interface Canvas {

  /** Its width in cells; 1 or more. */
  int columns();

  /** Its height in rows; 1 or more. */
  int rows();

  /**
   * Draws a text on one row, clipped at the edge; a wide character never straddles the edge.
   *
   * @param text harmless already, without newlines
   * @return the column behind it
   */
  int put(int column, int row, String text, Style style);

  /** Fills cells with blanks. */
  void fill(int column, int row, int cells, Style style);

  /** Shows the cursor at a cell. */
  void cursor(int column, int row);

  /** Moves the hidden cursor to a cell: braille displays and screen readers follow it. */
  void point(int column, int row);

  /** Hides the cursor; its position is undefined. */
  void hideCursor();
}

package org.lesbillets.cli.tui.screen;

/**
 * A screen of cells to draw on, columns and rows counted from 0. What is drawn outside of it is not
 * there. One thread draws.
 */
public interface Canvas {

  /** How wide it is; 1 or more. */
  int columns();

  /** How high it is; 1 or more. */
  int rows();

  /**
   * Puts a text on one line, cut at the edge; a wide character never straddles the edge.
   *
   * @param text harmless already, without newlines
   * @return the column behind it
   */
  int put(int column, int row, String text, Style style);

  /** Blanks cells. */
  void fill(int column, int row, int cells, Style style);

  /** Shows the cursor there. */
  void cursor(int column, int row);

  /**
   * Moves the hidden cursor there. It is invisible, but braille displays and screen readers follow
   * it.
   */
  void point(int column, int row);

  /** Shows no cursor, and leaves it anywhere. */
  void hideCursor();
}

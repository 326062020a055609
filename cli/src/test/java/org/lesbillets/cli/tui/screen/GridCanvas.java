package org.lesbillets.cli.tui.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.lesbillets.cli.text.CellText;

/**
 * A canvas in memory, which takes only what a terminal can be given: nothing outside of it, no
 * control characters.
 */
public final class GridCanvas implements Canvas {
  private static final String BEHIND_WIDE = "";

  private final int columns;
  private final String[][] cells;
  private final Style[][] styles;
  private String cursor = "";
  private String pointed = "";

  public GridCanvas(int columns, int rows) {
    this.columns = columns;
    this.cells = new String[rows][columns];
    this.styles = new Style[rows][columns];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(cells[row], " ");
      Arrays.fill(styles[row], Style.PLAIN);
    }
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public int rows() {
    return cells.length;
  }

  @Override
  public int put(int column, int row, String text, Style style) {
    int at = column;
    for (int c : text.codePoints().toArray()) {
      String character = Character.toString(c);
      int width = CellText.width(character);
      if (Character.getType(c) == Character.CONTROL || at + width > columns) {
        throw new AssertionError("put " + text + " at " + column + ", " + row);
      }
      if (width == 0 && at > 0) {
        int before = cells[row][at - 1].equals(BEHIND_WIDE) ? at - 2 : at - 1;
        cells[row][before] += character;
      } else {
        set(at, row, character, style);
        if (width == 2) {
          set(at + 1, row, BEHIND_WIDE, style);
        }
      }
      at += width;
    }
    return at;
  }

  private void set(int column, int row, String character, Style style) {
    if (cells[row][column].equals(BEHIND_WIDE) && !character.equals(BEHIND_WIDE)) {
      cells[row][column - 1] = " ";
    }
    if (column + 1 < columns && cells[row][column + 1].equals(BEHIND_WIDE)) {
      cells[row][column + 1] = " ";
    }
    cells[row][column] = character;
    styles[row][column] = style;
  }

  @Override
  public void fill(int column, int row, int count, Style style) {
    put(column, row, " ".repeat(count), style);
  }

  @Override
  public void cursor(int column, int row) {
    if (column < 0 || column >= columns || row < 0 || row >= rows()) {
      throw new AssertionError("cursor at " + column + ", " + row);
    }
    cursor = column + "," + row;
    pointed = "";
  }

  @Override
  public void point(int column, int row) {
    cursor(column, row);
    pointed = cursor;
    cursor = "";
  }

  @Override
  public void hideCursor() {
    cursor = "";
    pointed = "";
  }

  /** Whether a cursor is shown, and where: {@code column,row}; empty without one. */
  public String cursor() {
    return cursor;
  }

  /**
   * Where the hidden cursor is: {@code column,row}; empty while one is shown, or it is anywhere.
   */
  public String pointed() {
    return pointed;
  }

  /** A row, as it is seen. */
  public String line(int row) {
    return String.join("", cells[row]);
  }

  /** All rows, without blanks at their ends. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows(); row++) {
      lines.add(line(row).stripTrailing());
    }
    return lines;
  }

  public String text() {
    return String.join("\n", lines()) + "\n";
  }

  /** What stands in a cell; empty in the second one of a wide character. */
  public String cell(int column, int row) {
    return cells[row][column];
  }

  public Style style(int column, int row) {
    return styles[row][column];
  }
}

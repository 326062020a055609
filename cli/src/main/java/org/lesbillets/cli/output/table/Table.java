package org.lesbillets.cli.output.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lesbillets.cli.output.TextTone;
import org.lesbillets.cli.text.CellText;

/**
 * Rows under headings, laid out for a screen in three steps: each column gets the width of its
 * widest cell; if that is too wide, cells are cut down to the least width of their columns, those
 * of the highest rank first; if that is not enough, the columns of the highest rank are left out. A
 * column that is empty in every row is not shown.
 *
 * <p>Confined to one thread; buffers all rows, because widths depend on them.
 */
public final class Table {
  private static final int GAP = 2;

  /** The width of a cut cell when no other column can be cut any more. */
  private static final int NARROWEST = 8;

  private static final int ITS_LEAST = Integer.MAX_VALUE;

  private final List<Column> columns;
  private final List<List<Cell>> rows = new ArrayList<>();

  public Table(Column... columns) {
    this.columns = List.of(columns);
  }

  public void row(Cell... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException("a row needs " + columns.size() + " cells");
    }
    rows.add(List.of(cells));
  }

  /** Puts a word into every empty field. */
  void fill(String word) {
    if (!word.isEmpty()) {
      rows.replaceAll(
          row -> row.stream().map(cell -> cell.text().isEmpty() ? Cell.of(word) : cell).toList());
    }
  }

  /**
   * The lines of the table, none wider than {@code width} cells as long as what must stay fits.
   *
   * @param colour whether tones are painted
   */
  public List<String> lines(int width, boolean colour) {
    int[] widths = fitted(width);
    int[] shown = IntStream.range(0, widths.length).filter(i -> widths[i] > 0).toArray();
    List<String> lines = new ArrayList<>();
    lines.add(line(headings(), new Layout(widths, shown, colour)));
    rows.forEach(row -> lines.add(line(row, new Layout(widths, shown, colour))));
    return lines;
  }

  private record Layout(int[] widths, int[] shown, boolean colour) {}

  private List<Cell> headings() {
    return columns.stream().map(column -> Cell.in(TextTone.HEADING, column.heading())).toList();
  }

  private String line(List<Cell> cells, Layout layout) {
    StringBuilder line = new StringBuilder();
    for (int i : layout.shown) {
      boolean last = i == layout.shown[layout.shown.length - 1];
      Cell cell = cells.get(i);
      String text = CellText.cut(cell.text(), layout.widths[i]);
      String space = " ".repeat(layout.widths[i] - CellText.width(text));
      String painted = cell.tone().paint(text, layout.colour);
      boolean toTheRight = columns.get(i).toTheRight();
      line.append(toTheRight ? space + painted : last ? painted : painted + space);
      line.append(last ? "" : " ".repeat(GAP));
    }
    return line.toString().stripTrailing();
  }

  /** The width of each column; 0 for one that is left out. */
  private int[] fitted(int width) {
    int[] widths = IntStream.range(0, columns.size()).map(this::natural).toArray();
    while (total(widths) > width) {
      int over = total(widths) - width;
      if (room(widths, ITS_LEAST) >= over) {
        cut(widths, over, ITS_LEAST);
        break;
      }
      if (!leaveOut(widths)) {
        cut(widths, over, NARROWEST);
        break;
      }
    }
    return widths;
  }

  private int natural(int i) {
    int widest = rows.stream().mapToInt(row -> CellText.width(row.get(i).text())).max().orElse(0);
    int heading = CellText.width(columns.get(i).heading());
    return widest == 0 && columns.get(i).rank() > 0 ? 0 : Math.max(widest, heading);
  }

  private static int total(int[] widths) {
    int shown = (int) Arrays.stream(widths).filter(w -> w > 0).count();
    return Arrays.stream(widths).sum() + GAP * Math.max(0, shown - 1);
  }

  private int room(int[] widths, int least) {
    return IntStream.range(0, widths.length).map(i -> room(widths, i, least)).sum();
  }

  private int room(int[] widths, int i, int narrowest) {
    int least = Math.min(columns.get(i).least(), narrowest);
    return least == 0 ? 0 : Math.max(0, widths[i] - least);
  }

  private boolean leaveOut(int[] widths) {
    int worst = -1;
    for (int i = 0; i < widths.length; i++) {
      if (widths[i] > 0 && (worst < 0 || columns.get(i).rank() > columns.get(worst).rank())) {
        worst = i;
      }
    }
    if (worst < 0 || columns.get(worst).rank() == 0) {
      return false;
    }
    widths[worst] = 0;
    return true;
  }

  /**
   * Cuts {@code over} cells off the columns that may be cut, the least important first.
   *
   * @param narrowest cells are left of each, even where its own least is more
   */
  private void cut(int[] widths, int over, int narrowest) {
    int left = over;
    while (left > 0) {
      int next = -1;
      for (int i = 0; i < widths.length; i++) {
        if (room(widths, i, narrowest) > 0
            && (next < 0 || columns.get(i).rank() > columns.get(next).rank())) {
          next = i;
        }
      }
      if (next < 0) {
        return;
      }
      int taken = Math.min(left, room(widths, next, narrowest));
      widths[next] -= taken;
      left -= taken;
    }
  }
}

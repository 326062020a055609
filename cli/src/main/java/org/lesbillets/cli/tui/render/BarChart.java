package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.screen.Style;

/**
 * A horizontal bar chart below a heading: a row for each value, with its label before the bar and
 * the number behind. Confined to the thread that draws.
 */
final class BarChart {
  /** The longest bar, in cells. */
  private static final int LONGEST = 40;

  private final Area area;
  private final long whole;
  private final int label;
  private int row = 1;

  /**
   * @param whole the value of the longest bar
   * @param label the width of the labels in cells
   */
  BarChart(Area area, String heading, long whole, int label) {
    this.area = area;
    this.whole = whole;
    this.label = label;
    area.put(0, 0, heading, Styles.STRONG);
  }

  void add(String name, int value, Style style) {
    String number = Integer.toString(value);
    int digits = Math.max(number.length(), Long.toString(whole).length());
    int cells = Math.min(LONGEST, area.columns() - label - digits - 3);
    LineWriter writer = area.writer(row++).left(name, label, Styles.PLAIN).space(1, Styles.PLAIN);
    writer.right(number, digits, Styles.BOLD).space(1, Styles.PLAIN);
    writer.put(area.glyphs().bar(value, whole, cells), style);
  }

  /** Adds a row of text without a bar. */
  void words(String text) {
    area.put(0, row++, text, Styles.QUIET);
  }
}

package org.lesbillets.cli.tui.render;

import org.lesbillets.cli.tui.screen.Style;

/** Numbers as bars below a heading, each with its name before it and its value behind. */
final class BarChart {
  /** Longer bars say no more. */
  private static final int LONGEST = 40;

  private final Area area;
  private final long whole;
  private final int label;
  private int row = 1;

  /**
   * @param whole what the longest bar stands for
   * @param label how many cells the names have
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

  /** A row without a bar. */
  void words(String text) {
    area.put(0, row++, text, Styles.QUIET);
  }
}

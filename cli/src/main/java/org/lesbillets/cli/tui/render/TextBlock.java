package org.lesbillets.cli.tui.render;

import java.util.ArrayList;
import java.util.List;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Style;

/**
 * A block of rows, some of which belong to a focus position; drawn from an offset that keeps the
 * focused row visible. Confined to the thread that draws.
 */
final class TextBlock {

  /** A callback that draws one row. */
  @FunctionalInterface
  interface Painter {
    void paint(Area row);
  }

  /**
   * A row.
   *
   * @param place its focus position; -1 for none
   */
  private record Row(int place, Painter painter) {}

  private final List<Row> rows = new ArrayList<>();

  void add(int place, Painter painter) {
    rows.add(new Row(place, painter));
  }

  /** Adds a wrapped text of at most {@code most} rows. */
  void text(Area area, String text, Style style, int most) {
    List<String> lines = wrapped(area, text);
    for (int i = 0; i < Math.min(lines.size(), most); i++) {
      String more = i == most - 1 && lines.size() > most ? area.glyphs().ellipsis() : "";
      String line = lines.get(i) + more;
      add(-1, row -> row.put(0, 0, line, style));
    }
  }

  private static List<String> wrapped(Area area, String text) {
    if (text == null || text.isBlank()) {
      return List.of();
    }
    return CellText.wrap(area.shown(text), Math.max(1, area.columns()));
  }

  int size() {
    return rows.size();
  }

  /** Draws the rows that fit, those of the focus position {@code place} among them. */
  void draw(Area area, int place) {
    int top = 0;
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).place == place && i >= top + area.rows()) {
        top = i - area.rows() + 1;
      }
    }
    for (int row = 0; row < area.rows() && top + row < rows.size(); row++) {
      rows.get(top + row).painter.paint(area.row(row));
    }
  }
}

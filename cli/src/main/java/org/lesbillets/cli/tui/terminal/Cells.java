package org.lesbillets.cli.tui.terminal;

import java.util.HashMap;
import java.util.Map;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.screen.Style;

/** Makes cells, which is dear, and keeps them for the next frame; at most 8,192. One thread. */
final class Cells {
  private static final int MOST = 8192;

  private final Palette palette;
  private final Map<Style, Map<String, Cell>> made = new HashMap<>();
  private int count;
  private Style lastStyle;
  private Map<String, Cell> lastMade;

  Cells(Palette palette) {
    this.palette = palette;
  }

  Cell blank(Style style) {
    return cell(" ", 1, style);
  }

  Cell cell(String text, int width, Style style) {
    Map<String, Cell> ofStyle = madeOf(style);
    Cell known = ofStyle.get(text);
    if (known != null) {
      return known;
    }
    Cell cell = Cell.of(text, width, new Paint(style, palette.of(style.tone())));
    ofStyle.put(text, cell);
    count++;
    return cell;
  }

  private Map<String, Cell> madeOf(Style style) {
    if (count >= MOST) {
      made.clear();
      lastStyle = null;
      count = 0;
    }
    if (style != lastStyle) {
      lastStyle = style;
      lastMade = made.computeIfAbsent(style, any -> new HashMap<>());
    }
    return lastMade;
  }
}

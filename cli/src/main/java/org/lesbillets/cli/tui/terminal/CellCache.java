package org.lesbillets.cli.tui.terminal;

import java.util.HashMap;
import java.util.Map;
import org.lesbillets.cli.tui.screen.Palette;
import org.lesbillets.cli.tui.screen.Style;

/**
 * A cache of screen cells by style and text, since the library's constructor is expensive; at most
 * 8,192 entries, then it starts empty. Confined to the thread that draws.
 */
final class CellCache {
  private static final int MOST = 8192;

  private final Palette palette;
  private final Map<Style, Map<String, ScreenCell>> made = new HashMap<>();
  private int count;
  private Style lastStyle;
  private Map<String, ScreenCell> lastMade;

  CellCache(Palette palette) {
    this.palette = palette;
  }

  ScreenCell blank(Style style) {
    return cell(" ", 1, style);
  }

  ScreenCell cell(String text, int width, Style style) {
    Map<String, ScreenCell> ofStyle = madeOf(style);
    ScreenCell known = ofStyle.get(text);
    if (known != null) {
      return known;
    }
    ScreenCell cell = ScreenCell.of(text, width, new AnsiStyle(style, palette.of(style.tone())));
    ofStyle.put(text, cell);
    count++;
    return cell;
  }

  private Map<String, ScreenCell> madeOf(Style style) {
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

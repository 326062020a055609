package org.lesbillets.cli.tui.terminal;

import java.util.HashMap;
import java.util.Map;
import org.lesbillets.cli.tui.screen.Style;

/** Makes cells, which is dear, and keeps them for the next frame; at most 8,192. One thread. */
final class Cells {
  private static final int MOST = 8192;

  private record Look(String text, Style style) {}

  private final boolean colour;
  private final Map<Look, Cell> made = new HashMap<>();

  Cells(boolean colour) {
    this.colour = colour;
  }

  Cell blank(Style style) {
    return cell(" ", 1, style);
  }

  Cell cell(String text, int width, Style style) {
    if (made.size() >= MOST) {
      made.clear();
    }
    return made.computeIfAbsent(
        new Look(text, style), look -> Cell.of(text, width, new Paint(style, colour)));
  }
}

package org.lesbillets.cli.tui.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Style;

/**
 * What is to stand on one line, some of it at the left, some at the right. Where there is no room
 * for all of it, what can be cut is cut, and then what matters least is left out. One thread draws.
 */
final class Pieces {
  /** The weight of what is never left out. */
  static final int KEPT = Integer.MAX_VALUE;

  private static final int GAP = 2;

  /**
   * @param least how many cells it can be cut to
   */
  private record Piece(String text, Style style, int weight, int least) {
    int width() {
      return CellText.width(text);
    }
  }

  private final Area area;
  private final List<Piece> left = new ArrayList<>();
  private final List<Piece> right = new ArrayList<>();

  /**
   * @param area of one row
   */
  Pieces(Area area) {
    this.area = area;
  }

  /** Adds something at the left; nothing when there is no text. */
  Pieces left(String text, Style style, int weight) {
    add(left, text, style, weight);
    return this;
  }

  /** Adds something at the left that may be cut. */
  Pieces flexible(String text, Style style, int weight) {
    String shown = area.shown(text);
    int least = Math.min(CellText.width(shown), 12);
    if (!shown.isEmpty()) {
      left.add(new Piece(shown, style, weight, least));
    }
    return this;
  }

  Pieces right(String text, Style style, int weight) {
    add(right, text, style, weight);
    return this;
  }

  private void add(List<Piece> side, String text, Style style, int weight) {
    String shown = area.shown(text == null ? "" : text);
    if (!shown.isEmpty()) {
      side.add(new Piece(shown, style, weight, CellText.width(shown)));
    }
  }

  /**
   * Draws what there is room for.
   *
   * @param ground what stands between
   */
  void draw(Style ground) {
    area.clear(0, ground);
    while (excess() > 0 && (shrink() || drop())) {
      // Each turn makes the line shorter.
    }
    Pen pen = area.pen(0).at(1);
    for (Piece piece : left) {
      pen.put(piece.text, piece.style).space(GAP, ground);
    }
    int width = width(right);
    pen.at(Math.max(pen.column(), area.columns() - 1 - width));
    for (Piece piece : right) {
      pen.put(piece.text, piece.style).space(GAP, ground);
    }
  }

  private int excess() {
    int gap = left.isEmpty() || right.isEmpty() ? 0 : GAP;
    return width(left) + gap + width(right) - (area.columns() - 2);
  }

  private static int width(List<Piece> side) {
    int gaps = Math.max(0, side.size() - 1) * GAP;
    return gaps + side.stream().mapToInt(Piece::width).sum();
  }

  private boolean shrink() {
    for (int i = left.size() - 1; i >= 0; i--) {
      Piece piece = left.get(i);
      int cells = Math.max(piece.least, piece.width() - excess());
      if (cells < piece.width()) {
        String cut = area.cut(piece.text, cells);
        left.set(i, new Piece(cut, piece.style, piece.weight, Math.min(cells, piece.least)));
        return CellText.width(cut) < piece.width();
      }
    }
    return false;
  }

  private boolean drop() {
    List<Piece> all = new ArrayList<>(left);
    all.addAll(right);
    Piece lightest = all.stream().min(Comparator.comparingInt(Piece::weight)).orElse(null);
    if (lightest == null || lightest.weight == KEPT) {
      return false;
    }
    return left.remove(lightest) || right.remove(lightest);
  }
}

package org.lesbillets.cli.tui.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Style;

/**
 * A row layout of weighted pieces, some aligned left, some right. While the row is too narrow, the
 * piece of the least weight is truncated or dropped (greedy); what others leave free then goes back
 * to the truncated ones. Confined to the thread that draws.
 */
final class FlexLine {
  /** The weight of a piece that is never dropped. */
  static final int KEPT = Integer.MAX_VALUE;

  private static final int GAP = 2;
  private static final int LEAST = 12;

  /**
   * A piece.
   *
   * @param whole its text before it was truncated
   * @param weight its priority against being dropped
   * @param cutWeight its priority against being truncated; equal to {@code weight} when it cannot
   *     be
   */
  private record Piece(String whole, String text, Style style, int weight, int cutWeight) {
    static Piece of(String text, Style style, int weight, int cutWeight) {
      return new Piece(text, text, style, weight, cutWeight);
    }

    Piece cut(String shorter) {
      return new Piece(whole, shorter, style, weight, weight);
    }

    int width() {
      return CellText.width(text);
    }

    boolean isWhole() {
      return cutWeight < weight;
    }
  }

  private final Area area;
  private final List<Piece> left = new ArrayList<>();
  private final List<Piece> right = new ArrayList<>();

  /**
   * @param area of one row
   */
  FlexLine(Area area) {
    this.area = area;
  }

  /** Adds a piece at the left; none if the text is empty. */
  FlexLine left(String text, Style style, int weight) {
    add(left, text, style, weight);
    return this;
  }

  /**
   * Adds a piece at the left that may be truncated.
   *
   * @param cutWeight its priority against being truncated, less than {@code weight}
   */
  FlexLine flexible(String text, Style style, int weight, int cutWeight) {
    String shown = area.shown(text);
    if (!shown.isEmpty()) {
      left.add(Piece.of(shown, style, weight, cutWeight));
    }
    return this;
  }

  FlexLine right(String text, Style style, int weight) {
    add(right, text, style, weight);
    return this;
  }

  private void add(List<Piece> side, String text, Style style, int weight) {
    String shown = area.shown(text == null ? "" : text);
    if (!shown.isEmpty()) {
      side.add(Piece.of(shown, style, weight, weight));
    }
  }

  /**
   * Draws the pieces that fit.
   *
   * @param ground the style between them
   */
  void draw(Style ground) {
    area.clear(0, ground);
    while (excess() > 0 && giveWay()) {
      // Terminates: each iteration makes the row shorter, or a piece heavier.
    }
    left.replaceAll(this::regrown);
    LineWriter writer = area.writer(0).at(1);
    for (Piece piece : left) {
      writer.put(piece.text, piece.style).space(GAP, ground);
    }
    writer.at(Math.max(writer.column(), area.columns() - 1 - width(right)));
    for (Piece piece : right) {
      writer.put(piece.text, piece.style).space(GAP, ground);
    }
  }

  /** Restores a truncated piece as far as dropped ones left room. */
  private Piece regrown(Piece piece) {
    int room = piece.width() - excess();
    return piece.text.equals(piece.whole) || excess() >= 0
        ? piece
        : piece.cut(area.cut(piece.whole, room));
  }

  private int excess() {
    int gap = left.isEmpty() || right.isEmpty() ? 0 : GAP;
    return width(left) + gap + width(right) - (area.columns() - 2);
  }

  private static int width(List<Piece> side) {
    int gaps = Math.max(0, side.size() - 1) * GAP;
    return gaps + side.stream().mapToInt(Piece::width).sum();
  }

  /** Truncates or drops the piece of the least weight; false when all that is left is kept. */
  private boolean giveWay() {
    List<Piece> all = new ArrayList<>(left);
    all.addAll(right);
    Piece least = all.stream().min(Comparator.comparingInt(Piece::cutWeight)).orElse(null);
    if (least == null || least.cutWeight == KEPT) {
      return false;
    }
    if (least.isWhole()) {
      int cells = Math.max(Math.min(LEAST, least.width()), least.width() - excess());
      left.set(left.indexOf(least), least.cut(area.cut(least.text, cells)));
      return true;
    }
    return left.remove(least) || right.remove(least);
  }
}

package org.lesbillets.cli.tui.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.screen.Style;

/**
 * What is to stand on one line, some of it at the left, some at the right. Where there is no room
 * for all of it, what matters least is cut or left out, until the rest fits. One thread draws.
 */
final class FlexLine {
  /** The weight of what is never left out. */
  static final int KEPT = Integer.MAX_VALUE;

  private static final int GAP = 2;
  private static final int LEAST = 12;

  /**
   * A text.
   *
   * @param whole before it was cut
   * @param weight how much it matters
   * @param cutWeight how much it matters that it is whole; {@code weight} when it cannot be cut
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

  /** Adds something at the left; nothing when there is no text. */
  FlexLine left(String text, Style style, int weight) {
    add(left, text, style, weight);
    return this;
  }

  /**
   * Adds something at the left that may be cut.
   *
   * @param cutWeight how much it matters that it is whole, less than {@code weight}
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
   * Draws what there is room for.
   *
   * @param ground what stands between
   */
  void draw(Style ground) {
    area.clear(0, ground);
    while (excess() > 0 && giveWay()) {
      // Each turn makes the line shorter, or a piece weightier.
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

  /** Gives a piece that was cut what others left free when they went. */
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

  /** Cuts or leaves out what matters least; false when all of it is kept. */
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

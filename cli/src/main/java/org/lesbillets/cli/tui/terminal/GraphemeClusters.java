package org.lesbillets.cli.tui.terminal;

import java.text.Normalizer;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;
import org.lesbillets.cli.text.CellText;

/**
 * An iterator over the grapheme clusters of a text: a character with its combining marks, or the
 * two letters of a flag. Control characters are dropped, and so is a mark without a base. Confined
 * to one thread.
 */
final class GraphemeClusters {
  /** More than any language needs; a longer pile would be drawn over the lines above. */
  private static final int MOST_MARKS = 4;

  /** The first code point that can join the one before it. */
  private static final char FIRST_MARK = '\u0300';

  private static final String[] ASCII =
      IntStream.range(0, 0x7F).mapToObj(Character::toString).toArray(String[]::new);

  private final String text;
  private final StringBuilder cluster = new StringBuilder();
  private String found;
  private int next;
  private int width;

  GraphemeClusters(String text) {
    this.text = Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** Advances to the next cluster; false at the end. */
  boolean next() {
    if (isAlone()) {
      found = ASCII[text.charAt(next)];
      next++;
      width = 1;
      return true;
    }
    width = 0;
    while (width == 0 && next < text.length()) {
      cluster.setLength(0);
      width = take();
    }
    if (width > 0) {
      takeWhatBelongsToIt();
      found = cluster.toString();
    }
    return width > 0;
  }

  /** The fast path for ASCII, which needs no tables. */
  private boolean isAlone() {
    return next < text.length()
        && text.charAt(next) >= ' '
        && text.charAt(next) < ASCII.length
        && (next + 1 == text.length() || text.charAt(next + 1) < FIRST_MARK);
  }

  private int take() {
    int c = text.codePointAt(next);
    next += Character.charCount(c);
    if (Character.isISOControl(c)) {
      return 0;
    }
    cluster.appendCodePoint(c);
    return CellText.width(c);
  }

  private void takeWhatBelongsToIt() {
    if (isFlagLetter(cluster.codePointAt(0)) && next < text.length()) {
      width += isFlagLetter(text.codePointAt(next)) ? take() : 0;
    }
    for (int marks = 0; next < text.length() && isMark(text.codePointAt(next)); marks++) {
      if (marks < MOST_MARKS) {
        take();
      } else {
        next += Character.charCount(text.codePointAt(next));
      }
    }
  }

  private static boolean isFlagLetter(int c) {
    return WCWidth.isRegionalIndicator(c);
  }

  private static boolean isMark(int c) {
    return CellText.width(c) == 0 && !Character.isISOControl(c);
  }

  String text() {
    return found;
  }

  /** The width of the cluster in cells: 1 or 2. */
  int width() {
    return width;
  }
}

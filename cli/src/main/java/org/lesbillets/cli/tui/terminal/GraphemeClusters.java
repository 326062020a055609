package org.lesbillets.cli.tui.terminal;

import java.text.Normalizer;
import java.util.stream.IntStream;
import org.jline.utils.WCWidth;
import org.lesbillets.cli.text.CellText;

/**
 * Cuts a text into what takes cells together: a character and the marks on it, or the two letters
 * of a flag. What can move the cursor is left out, and so is a mark on nothing. One thread.
 */
final class GraphemeClusters {
  /** More marks than any language needs would grow into the lines above. */
  private static final int MOST_MARKS = 4;

  /** Nothing before it joins what stands before it. */
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

  /** Goes to the next one, if there is any. */
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

  /** Most text is ASCII, which needs no tables. */
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

  /** How many cells it takes: 1 or 2. */
  int width() {
    return width;
  }
}

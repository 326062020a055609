package org.lesbillets.cli.tui.terminal;

import java.text.Normalizer;
import org.jline.utils.WCWidth;
import org.lesbillets.cli.text.CellText;

/**
 * Cuts a text into what takes cells together: a character and the marks on it, or the two letters
 * of a flag. What can move the cursor is left out, and so is a mark on nothing. One thread.
 */
final class Clusters {
  /** More marks than any language needs would grow into the lines above. */
  private static final int MOST_MARKS = 4;

  private final String text;
  private final StringBuilder cluster = new StringBuilder();
  private int next;
  private int width;

  Clusters(String text) {
    this.text = Normalizer.normalize(text, Normalizer.Form.NFC);
  }

  /** Goes to the next one, if there is any. */
  boolean next() {
    width = 0;
    while (width == 0 && next < text.length()) {
      cluster.setLength(0);
      width = take();
    }
    if (width > 0) {
      takeWhatBelongsToIt();
    }
    return width > 0;
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
    return cluster.toString();
  }

  /** How many cells it takes: 1 or 2. */
  int width() {
    return width;
  }
}

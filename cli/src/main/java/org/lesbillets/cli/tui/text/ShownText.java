package org.lesbillets.cli.tui.text;

import java.text.Normalizer;
import org.lesbillets.cli.text.PlainText;

/**
 * Text of others made safe for the terminal: control characters removed, letters and marks composed
 * (NFC), so that all programs agree on its width. Pure; any thread.
 */
public final class ShownText {
  /** The most combining marks on one letter: more would overflow the lines around it. */
  private static final int MOST_MARKS = 4;

  private ShownText() {}

  /** Text for one line. */
  public static String line(String text) {
    return isAscii(text) ? text : settled(PlainText.line(text));
  }

  /** Text of several lines. */
  public static String block(String text) {
    return settled(PlainText.block(text));
  }

  /** The fast path: most text is printable ASCII. */
  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static String settled(String harmless) {
    String composed = Normalizer.normalize(harmless, Normalizer.Form.NFC);
    if (composed.codePoints().noneMatch(ShownText::isMark)) {
      return composed;
    }
    String kept = withFewMarks(composed);
    return kept.isEmpty() ? "\uFFFD" : kept;
  }

  /** Drops marks without a letter, and those beyond the limit. */
  private static String withFewMarks(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    int marks = MOST_MARKS;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      marks = isMark(c) ? marks + 1 : c == '\n' ? MOST_MARKS : 0;
      if (marks <= MOST_MARKS || !isMark(c)) {
        kept.appendCodePoint(c);
      }
    }
    return kept.toString();
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }
}

package org.lesbillets.cli.text;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Measures, cuts, pads and wraps text by the cells it takes on a screen, not by characters. */
public final class CellText {
  private static final String ELLIPSIS = "…";

  private CellText() {}

  /** How many cells the text takes. */
  public static int width(String text) {
    return text.codePoints().map(CellText::width).sum();
  }

  /** How many cells a character takes beside what stands before it: 0, 1 or 2. */
  public static int width(int c) {
    // A flag is two of these in two cells; the table of widths speaks of each alone.
    return WCWidth.isRegionalIndicator(c) ? 1 : Math.max(0, WCWidth.wcwidth(c));
  }

  /** The text, or its beginning and an ellipsis, in at most {@code cells}; 1 or more. */
  public static String cut(String text, int cells) {
    return width(text) <= cells ? text : head(text, cells - 1).stripTrailing() + ELLIPSIS;
  }

  private static String head(String text, int cells) {
    int used = 0;
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      used += width(c);
      if (used > cells) {
        break;
      }
      i += Character.charCount(c);
    }
    return text.substring(0, i);
  }

  /** The text with spaces behind it. */
  public static String padRight(String text, int cells) {
    return text + " ".repeat(Math.max(0, cells - width(text)));
  }

  /** The text with spaces before it. */
  public static String padLeft(String text, int cells) {
    return " ".repeat(Math.max(0, cells - width(text))) + text;
  }

  /**
   * The lines of a text, none wider than {@code cells}: broken between words, or inside one that is
   * too long for a line.
   */
  public static List<String> wrap(String text, int cells) {
    List<String> lines = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      wrapLine(lines, line.stripTrailing(), cells);
    }
    return lines;
  }

  private static void wrapLine(List<String> lines, String line, int cells) {
    String rest = line;
    while (width(rest) > cells) {
      String head = head(rest, cells);
      int space = rest.startsWith(" ", head.length()) ? head.length() : head.lastIndexOf(' ');
      if (head.isEmpty() || space > 0 && head.substring(0, space).isBlank()) {
        space = -1;
      }
      int end = space > 0 ? space : Math.max(head.length(), rest.offsetByCodePoints(0, 1));
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
  }
}

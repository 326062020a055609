package org.lesbillets.cli.text;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/**
 * Measures, cuts, pads and wraps text by the cells it takes on a screen, not by characters.
 * Stateless.
 */
public final class CellText {
  private static final String ELLIPSIS = "…";

  private CellText() {}

  /** How many cells the text takes. */
  public static int width(String text) {
    int cells = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      cells += width(text.codePointAt(i));
    }
    return cells;
  }

  /** The width of a character after the one before it: 0, 1 or 2 cells. */
  public static int width(int c) {
    if (c >= ' ' && c <= '~') {
      return 1;
    }
    // A flag is two of these in two cells; the table of widths speaks of each alone.
    return WCWidth.isRegionalIndicator(c) ? 1 : Math.max(0, WCWidth.wcwidth(c));
  }

  /** The text, or its beginning and an ellipsis, in at most {@code cells}; 1 or more. */
  public static String cut(String text, int cells) {
    return cut(text, cells, ELLIPSIS);
  }

  /**
   * The text, or its beginning and a mark.
   *
   * @param cells 1 or more
   * @param mark says that something is missing; takes one cell
   */
  public static String cut(String text, int cells, String mark) {
    return width(text) <= cells ? text : head(text, cells - 1).stripTrailing() + mark;
  }

  private static String head(String text, int cells) {
    return text.substring(0, fit(text, 0, cells));
  }

  /** Where what begins at {@code from} and takes at most {@code cells} ends. */
  public static int fit(String text, int from, int cells) {
    int used = 0;
    int i = from;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      used += width(c);
      if (used > cells) {
        break;
      }
      i += Character.charCount(c);
    }
    return i;
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
    int from = 0;
    int end = fit(line, from, cells);
    while (end < line.length()) {
      int stop = stop(line, from, end);
      lines.add(line.substring(from, stop).stripTrailing());
      from = behindBlanks(line, stop);
      end = fit(line, from, cells);
    }
    lines.add(line.substring(from));
  }

  /** Where the line from {@code from} ends, of which there is room to {@code end}. */
  private static int stop(String line, int from, int end) {
    int space = end;
    while (space > from && line.charAt(space) != ' ') {
      space--;
    }
    boolean indented = line.substring(from, space).isBlank();
    return indented ? Math.max(end, line.offsetByCodePoints(from, 1)) : space;
  }

  private static int behindBlanks(String line, int from) {
    int i = from;
    while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
      i++;
    }
    return i;
  }
}

package org.lesbillets.cli.tui.state.editor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Boundaries of grapheme clusters: a letter with its marks, an emoji sequence, a flag. No cluster
 * spans a line break. Pure; scans back only to a boundary that is certain.
 */
final class GraphemeBoundary {
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  private GraphemeBoundary() {}

  /** End of the cluster that begins at {@code place}. */
  static int next(String text, int place) {
    if (place >= text.length()) {
      return text.length();
    }
    Matcher character = CHARACTER.matcher(text).region(place, text.length());
    return character.lookingAt() ? character.end() : text.length();
  }

  /** Start of the cluster that ends at or contains {@code place}. */
  static int previous(String text, int place) {
    int start = place;
    do {
      start--;
    } while (!isSurelyBetween(text, start));
    int end = next(text, start);
    while (end < place) {
      start = end;
      end = next(text, start);
    }
    return Math.max(0, start);
  }

  /** Whether {@code place} is inside no cluster. */
  static boolean isBetween(String text, int place) {
    return isSurelyBetween(text, place) || next(text, previous(text, place)) == place;
  }

  /** Whether the two neighbours alone prove a boundary. */
  private static boolean isSurelyBetween(String text, int place) {
    if (place <= 0 || place >= text.length()) {
      return true;
    }
    char before = text.charAt(place - 1);
    char after = text.charAt(place);
    return before == '\n' || after != '\n' && isPlain(before) && isPlain(after);
  }

  /** Whether it never joins a cluster with another plain character. */
  private static boolean isPlain(char c) {
    boolean alphabet = c < 0x300 || c >= 0x370 && c < 0x590;
    boolean ideogram = c >= 0x3040 && c < 0xA4D0 || c >= 0xAC00 && c < 0xD7A4;
    return (alphabet || ideogram) && !isMark(c);
  }

  private static boolean isMark(char c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /** The nearest boundary at or behind {@code place}. */
  static int settled(String text, int place) {
    return isBetween(text, place) ? place : next(text, previous(text, place));
  }
}

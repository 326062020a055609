package org.lesbillets.cli.tui.state.editor;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What people take for one character: a letter with its marks, an emoji of several, a flag. Never
 * longer than a line. Pure; looks at no more of a text than it takes to be sure.
 */
final class GraphemeBoundary {
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  private GraphemeBoundary() {}

  /** Where the character that begins at {@code place} ends. */
  static int next(String text, int place) {
    if (place >= text.length()) {
      return text.length();
    }
    Matcher character = CHARACTER.matcher(text).region(place, text.length());
    return character.lookingAt() ? character.end() : text.length();
  }

  /** Where the character begins that ends at, or stands around, {@code place}. */
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

  /** Whether no character stands around {@code place}. */
  static boolean isBetween(String text, int place) {
    return isSurelyBetween(text, place) || next(text, previous(text, place)) == place;
  }

  /** Whether that can be told from what stands around it alone. */
  private static boolean isSurelyBetween(String text, int place) {
    if (place <= 0 || place >= text.length()) {
      return true;
    }
    char before = text.charAt(place - 1);
    char after = text.charAt(place);
    return before == '\n' || after != '\n' && isPlain(before) && isPlain(after);
  }

  /** Whether it is no part of a character together with another that is plain. */
  private static boolean isPlain(char c) {
    boolean alphabet = c < 0x300 || c >= 0x370 && c < 0x590;
    boolean ideogram = c >= 0x3040 && c < 0xA4D0 || c >= 0xAC00 && c < 0xD7A4;
    return (alphabet || ideogram) && !isMark(c);
  }

  private static boolean isMark(char c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /** The nearest place at or behind {@code place} that is in no character. */
  static int settled(String text, int place) {
    return isBetween(text, place) ? place : next(text, previous(text, place));
  }
}

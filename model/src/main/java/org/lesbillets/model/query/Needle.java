package org.lesbillets.model.query;

/**
 * Case-insensitive substring search for many texts, in linear time and without allocation: a scan
 * for positions where the first and the last character fit, and from there the algorithm of Knuth,
 * Morris and Pratt over folded characters. Immutable; any thread.
 */
final class Needle {
  private static final char ASCII_END = 0x80;

  private final char[] folded;

  /** For each length of a matched prefix, the length of its longest proper border. */
  private final int[] borders;

  private final Letter first;
  private final Letter last;

  /** A character in both cases. */
  private record Letter(char lower, char upper) {
    static Letter of(char folded) {
      return new Letter(folded, Character.toUpperCase(folded));
    }

    // Half of a supplementary character has no case of its own: left to the whole comparison.
    boolean fits(char c) {
      return c == lower
          || c == upper
          || c >= ASCII_END && (Needle.folded(c) == lower || Character.isSurrogate(c));
    }
  }

  /**
   * @param text at least one character
   */
  Needle(String text) {
    this.folded = new char[text.length()];
    for (int i = 0; i < folded.length; i++) {
      folded[i] = foldedAt(text, i);
    }
    this.borders = borders(folded);
    this.first = Letter.of(folded[0]);
    this.last = Letter.of(folded[folded.length - 1]);
  }

  private static int[] borders(char[] folded) {
    int[] borders = new int[folded.length + 1];
    borders[0] = -1;
    int border = -1;
    for (int i = 0; i < folded.length; i++) {
      while (border >= 0 && folded[border] != folded[i]) {
        border = borders[border];
      }
      borders[i + 1] = ++border;
    }
    return borders;
  }

  /** The folding of String.regionMatches: a few letters are equal only after both steps. */
  private static char folded(char c) {
    if (c < ASCII_END) {
      return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }
    return Character.toLowerCase(Character.toUpperCase(c));
  }

  /** Folding keeps the first half of a supplementary character: only the second depends on both. */
  private static char foldedAt(String text, int i) {
    char c = text.charAt(i);
    if (Character.isLowSurrogate(c) && i > 0 && Character.isHighSurrogate(text.charAt(i - 1))) {
      int whole = Character.toCodePoint(text.charAt(i - 1), c);
      return Character.lowSurrogate(Character.toLowerCase(Character.toUpperCase(whole)));
    }
    return folded(c);
  }

  /** Whether {@code hay} contains it; null contains nothing. */
  boolean isIn(String hay) {
    if (hay == null) {
      return false;
    }
    int further = folded.length - 1;
    int i = 0;
    while (i + further < hay.length()) {
      if (first.fits(hay.charAt(i)) && last.fits(hay.charAt(i + further))) {
        i = matchedTo(hay, i);
        if (i < 0) {
          return true;
        }
      } else {
        i++;
      }
    }
    return false;
  }

  /** Matches from {@code at} until no prefix is left; returns where that was, or -1 if found. */
  private int matchedTo(String hay, int at) {
    int matched = 0;
    for (int i = at; i < hay.length(); i++) {
      char c = foldedAt(hay, i);
      while (matched >= 0 && folded[matched] != c) {
        matched = borders[matched];
      }
      matched++;
      if (matched == folded.length) {
        return -1;
      }
      if (matched == 0) {
        return i + 1;
      }
    }
    return hay.length();
  }
}

package org.lesbillets.model.query;

/**
 * Case-insensitive substring search for many texts: nothing is copied or lower-cased, and only
 * positions where the first and the last character fit are compared. Immutable; any thread.
 */
final class Needle {
  private final String text;
  private final Letter first;
  private final Letter last;

  /** A character in both cases. */
  private record Letter(char lower, char upper) {
    static Letter of(char c) {
      return new Letter(folded(c), Character.toUpperCase(folded(c)));
    }

    // Half of a supplementary character has no case of its own: left to the whole comparison.
    boolean fits(char c) {
      return c == lower
          || c == upper
          || c > 127 && (folded(c) == lower || Character.isSurrogate(c));
    }

    // The folding of String.regionMatches: a few letters are equal only after both steps.
    private static char folded(char c) {
      return Character.toLowerCase(Character.toUpperCase(c));
    }
  }

  /**
   * @param text at least one character
   */
  Needle(String text) {
    this.text = text;
    this.first = Letter.of(text.charAt(0));
    this.last = Letter.of(text.charAt(text.length() - 1));
  }

  /** Whether {@code hay} contains it; null contains nothing. */
  boolean isIn(String hay) {
    if (hay == null) {
      return false;
    }
    int further = text.length() - 1;
    for (int i = 0; i + further < hay.length(); i++) {
      if (first.fits(hay.charAt(i))
          && last.fits(hay.charAt(i + further))
          && hay.regionMatches(true, i, text, 0, text.length())) {
        return true;
      }
    }
    return false;
  }
}

package org.lesbillets.model.query;

/**
 * A text to be found in others whatever the case of its letters. Made for looking through a million
 * texts: nothing is copied or lower-cased, and only places where the first character fits are
 * compared. Immutable; any thread.
 */
final class Needle {
  private final String text;
  private final char first;
  private final char firstUpper;

  /**
   * @param text at least one character
   */
  Needle(String text) {
    this.text = text;
    this.first = folded(text.charAt(0));
    this.firstUpper = Character.toUpperCase(first);
  }

  /** Whether {@code hay} contains it; null contains nothing. */
  boolean isIn(String hay) {
    if (hay == null) {
      return false;
    }
    int last = hay.length() - text.length();
    for (int i = 0; i <= last; i++) {
      if (beginsWith(hay.charAt(i)) && hay.regionMatches(true, i, text, 0, text.length())) {
        return true;
      }
    }
    return false;
  }

  private boolean beginsWith(char c) {
    return c == first || c == firstUpper || c > 127 && folded(c) == first;
  }

  // The folding of String.regionMatches: a few letters are equal only after both steps.
  private static char folded(char c) {
    return Character.toLowerCase(Character.toUpperCase(c));
  }
}

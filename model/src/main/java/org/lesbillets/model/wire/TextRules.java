package org.lesbillets.model.wire;

import org.lesbillets.model.WireLimits;

/** Rules for the characters and the length of texts. Stateless; any thread. */
final class TextRules {
  private static final int QUOTABLE = 40;

  private TextRules() {}

  /** Whether a text is free of control characters, line breaks of any kind and half characters. */
  static boolean isOneLine(String text) {
    return text.codePoints().noneMatch(c -> isBroken(c) || isLineBreak(c));
  }

  /** Whether a text has no control characters but newline and tab, and no half characters. */
  static boolean isBlock(String text) {
    return text.codePoints().noneMatch(c -> isBroken(c) && c != '\n' && c != '\t');
  }

  /**
   * Whether a text shows anything: it has a character that is no space, no control or format
   * character, no mark for another letter, and no filler that is drawn blank.
   */
  static boolean isVisible(String text) {
    return text.codePoints().anyMatch(c -> !isBlank(c));
  }

  private static boolean isBlank(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default -> isFiller(codePoint) || isIgnorable(codePoint);
    };
  }

  /** Letters and signs whose glyph is blank: Hangul fillers, Braille's and music's nothing. */
  private static boolean isFiller(int codePoint) {
    return switch (codePoint) {
      case 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0, 0x1D159 -> true;
      default -> false;
    };
  }

  /** Code points without a meaning yet that Unicode has programs ignore. */
  private static boolean isIgnorable(int codePoint) {
    return codePoint == 0x2065
        || codePoint >= 0xFFF0 && codePoint <= 0xFFF8
        || codePoint >= 0xE0000 && codePoint <= 0xE0FFF;
  }

  private static boolean isBroken(int codePoint) {
    return Character.isISOControl(codePoint)
        || codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  private static boolean isLineBreak(int codePoint) {
    return codePoint == 0x2028 || codePoint == 0x2029;
  }

  static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  static boolean isRequestId(String text) {
    return text != null
        && !text.isEmpty()
        && length(text) <= WireLimits.REQUEST_ID
        && isOneLine(text);
  }

  /** Whether a given text is short and clean enough to be repeated in a sentence. */
  static boolean quotable(String text) {
    return !text.isEmpty() && length(text) <= QUOTABLE && isOneLine(text);
  }

  /** Whether the UTF-8 form of {@code text} takes more than {@code bytes}. */
  static boolean exceedsUtf8(String text, int bytes) {
    return text.length() > bytes || text.length() > bytes / 3 && utf8Length(text) > bytes;
  }

  private static long utf8Length(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        length++;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        length += 2;
      } else {
        length += 3;
      }
    }
    return length;
  }
}

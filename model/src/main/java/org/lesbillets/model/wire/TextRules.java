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

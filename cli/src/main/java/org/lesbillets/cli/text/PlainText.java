package org.lesbillets.cli.text;

/**
 * Sanitizer of foreign text for a terminal: nothing in it can move the cursor, change a colour,
 * turn the direction of writing, or hide.
 *
 * <p>Control characters, line separators, lone surrogates and everything that turns the direction
 * become U+FFFD, so that the place stays visible; invisible characters (zero width spaces and
 * joiners, variation selectors, tags, fillers) are left out, so that every terminal agrees on the
 * width of the rest. Of a text that has nothing else a U+FFFD stays. Stateless; any thread.
 */
public final class PlainText {
  private static final int REPLACEMENT = 0xFFFD;

  private PlainText() {}

  /** Text that stays on one line. */
  public static String line(String text) {
    return clean(text, false);
  }

  /** Text of several lines: newlines stay, a tab becomes four spaces. */
  public static String block(String text) {
    return clean(text.replace("\r\n", "\n"), true);
  }

  private static String clean(String text, boolean lines) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      if (lines && c == '\n') {
        clean.append('\n');
      } else if (lines && c == '\t') {
        clean.append("    ");
      } else if (isDangerous(c)) {
        clean.appendCodePoint(REPLACEMENT);
      } else if (!isInvisible(c)) {
        clean.appendCodePoint(c);
      }
    }
    return isBlank(clean) && !text.isBlank() ? "\uFFFD" : clean.toString();
  }

  private static boolean isBlank(StringBuilder clean) {
    return clean.toString().isBlank();
  }

  /**
   * Whether a character is neither seen nor needed where text is printed as it is: everything that
   * {@link #line} replaces or leaves out but joiners and variation selectors, of which emoji and
   * some scripts are made.
   */
  public static boolean isHidden(int c) {
    boolean shapes = c == 0x200C || c == 0x200D || c >= 0xFE00 && c <= 0xFE0F;
    return !shapes && (isDangerous(c) || isInvisible(c));
  }

  private static boolean isDangerous(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      case Character.FORMAT -> turnsDirection(c);
      default -> false;
    };
  }

  private static boolean turnsDirection(int c) {
    return c == 0x061C
        || c == 0x200E
        || c == 0x200F
        || c >= 0x202A && c <= 0x202E
        || c >= 0x2066 && c <= 0x206F;
  }

  private static boolean isInvisible(int c) {
    return Character.getType(c) == Character.FORMAT
        || c >= 0xFE00 && c <= 0xFE0F
        || c >= 0xE0000 && c <= 0xE0FFF
        || c >= 0x180B && c <= 0x180F
        || c == 0x034F
        || c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0;
  }
}

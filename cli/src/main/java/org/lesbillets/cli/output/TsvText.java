package org.lesbillets.cli.output;

import java.util.Locale;

/**
 * Fields between tabs. Tab, newline and backslash are written {@code \t}, {@code \n} and {@code
 * \\}, any other control character as {@code \}{@code uXXXX}, so that a line is a record and a tab
 * a boundary, always.
 */
final class TsvText {
  private TsvText() {}

  static String escape(String text) {
    if (text.codePoints().noneMatch(c -> c == '\\' || Character.isISOControl(c))) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 8);
    text.chars().forEach(c -> append(escaped, (char) c));
    return escaped.toString();
  }

  private static void append(StringBuilder escaped, char c) {
    switch (c) {
      case '\t' -> escaped.append("\\t");
      case '\n' -> escaped.append("\\n");
      case '\\' -> escaped.append("\\\\");
      default -> {
        if (Character.isISOControl(c)) {
          escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
          escaped.append(c);
        }
      }
    }
  }
}

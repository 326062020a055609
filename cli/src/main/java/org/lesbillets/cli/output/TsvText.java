package org.lesbillets.cli.output;

import java.util.Locale;

/**
 * Encoding of fields between tabs. Tab, newline and backslash are escaped as {@code \t}, {@code \n}
 * and {@code \\}, any other control character as {@code \}{@code uXXXX}, so that a line is always a
 * record and a tab a boundary. Stateless.
 */
public final class TsvText {
  private TsvText() {}

  public static String escape(String text) {
    int plain = 0;
    while (plain < text.length() && isPlain(text.charAt(plain))) {
      plain++;
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 8).append(text, 0, plain);
    for (int i = plain; i < text.length(); i++) {
      append(escaped, text.charAt(i));
    }
    return escaped.toString();
  }

  private static boolean isPlain(char c) {
    return c != '\\' && !Character.isISOControl(c);
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

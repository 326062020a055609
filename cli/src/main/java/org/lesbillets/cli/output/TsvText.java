package org.lesbillets.cli.output;

import java.util.Locale;
import org.lesbillets.cli.text.PlainText;

/**
 * Encoding of fields between tabs. Tab, newline and backslash are escaped as {@code \t}, {@code \n}
 * and {@code \\}, any other control character and what would hide or turn the direction of writing
 * as {@code \}{@code uXXXX}, so that a line is always a record, a tab a boundary, and what is read
 * what is there. Stateless.
 */
public final class TsvText {
  private TsvText() {}

  public static String escape(String text) {
    int plain = 0;
    while (plain < text.length() && isPlain(text.codePointAt(plain))) {
      plain += Character.charCount(text.codePointAt(plain));
    }
    if (plain == text.length()) {
      return text;
    }
    StringBuilder escaped = new StringBuilder(text.length() + 8).append(text, 0, plain);
    for (int i = plain; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      append(escaped, text.codePointAt(i));
    }
    return escaped.toString();
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c < '\\' || c != '\\' && !PlainText.isHidden(c);
  }

  private static void append(StringBuilder escaped, int c) {
    switch (c) {
      case '\t' -> escaped.append("\\t");
      case '\n' -> escaped.append("\\n");
      case '\\' -> escaped.append("\\\\");
      default -> {
        if (PlainText.isHidden(c)) {
          for (char unit : Character.toChars(c)) {
            escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
          }
        } else {
          escaped.appendCodePoint(c);
        }
      }
    }
  }
}

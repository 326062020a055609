package org.lesbillets.cli.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a line into words by the quoting rules of a shell; nothing in it is expanded. Stateless.
 */
public final class ShellWords {
  private ShellWords() {}

  /**
   * The words of a line: blanks part them, quotes keep them together, and a backslash takes the
   * meaning from what follows; in single quotes everything stands for itself.
   *
   * @throws IllegalArgumentException if a quote is not closed; the message is a sentence
   */
  public static List<String> split(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = null;
    char quote = 0;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote == 0 && Character.isWhitespace(c)) {
        if (word != null) {
          words.add(word.toString());
        }
        word = null;
        continue;
      }
      word = word == null ? new StringBuilder() : word;
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '\\' && quote != '\'' && i + 1 < line.length()) {
        word.append(line.charAt(++i));
      } else {
        word.append(c);
      }
    }
    if (quote != 0) {
      throw new IllegalArgumentException("A quote (" + quote + ") is not closed: close it.");
    }
    if (word != null) {
      words.add(word.toString());
    }
    return words;
  }
}

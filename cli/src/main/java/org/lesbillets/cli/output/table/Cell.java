package org.lesbillets.cli.output.table;

import org.lesbillets.cli.output.TextTone;
import org.lesbillets.cli.text.PlainText;

/** One cell of a table, its text sanitized. Immutable. */
public record Cell(String text, TextTone tone) {
  public static Cell of(String text) {
    return in(TextTone.PLAIN, text);
  }

  static Cell in(TextTone tone, String text) {
    return new Cell(text == null ? "" : PlainText.line(text), tone);
  }
}

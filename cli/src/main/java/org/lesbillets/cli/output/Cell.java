package org.lesbillets.cli.output;

import org.lesbillets.cli.text.PlainText;

/** One field of a table, its text made harmless. */
record Cell(String text, Tone tone) {
  static Cell of(String text) {
    return in(Tone.PLAIN, text);
  }

  static Cell in(Tone tone, String text) {
    return new Cell(text == null ? "" : PlainText.line(text), tone);
  }
}

package org.lesbillets.cli.command.bulk.format;

import java.util.Locale;

/** The file formats of import and export. */
public enum ExchangeFormat {
  /** A ticket a line, whole, with its comments. */
  JSONL,
  /** A ticket a row, without comments. */
  CSV,
  /** What {@code gh issue list} and {@code gh issue view} print with {@code --json}. */
  GH;

  /** The name on the command line. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

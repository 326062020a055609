package org.lesbillets.cli.output;

import java.util.Locale;

/** The output formats. */
public enum OutputFormat {
  /** For people. */
  TABLE,
  /** One array or object. */
  JSON,
  /** One object a line. */
  JSONL,
  /** Fields between tabs, no header. */
  TSV,
  /** Ticket numbers and nothing else. */
  ID;

  /** The name on the command line. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether failures are printed as JSON too. */
  public boolean isJson() {
    return this == JSON || this == JSONL;
  }
}

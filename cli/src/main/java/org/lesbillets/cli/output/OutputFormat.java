package org.lesbillets.cli.output;

import java.util.Locale;

/** The forms a result can be printed in. */
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

  /** Whether failures are told as JSON too. */
  public boolean isJson() {
    return this == JSON || this == JSONL;
  }
}

package org.lesbillets.cli.output;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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

  /**
   * Reads a name of the command line.
   *
   * @throws IllegalArgumentException if there is no such format; the message lists those there are
   */
  public static OutputFormat parse(String text) {
    return Arrays.stream(values())
        .filter(format -> format.wireName().equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(OutputFormat::wireName).collect(Collectors.joining(", "));
  }
}

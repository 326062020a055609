package org.lesbillets.cli.command.bulk.format;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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

  /**
   * Reads a name of the command line.
   *
   * @throws IllegalArgumentException if there is no such format; the message lists those there are
   */
  public static ExchangeFormat parse(String text) {
    return Arrays.stream(values())
        .filter(format -> format.wireName().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "' is not one of "
                        + Arrays.stream(values())
                            .map(ExchangeFormat::wireName)
                            .collect(Collectors.joining(", "))));
  }
}

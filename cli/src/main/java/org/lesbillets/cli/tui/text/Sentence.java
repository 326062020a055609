package org.lesbillets.cli.tui.text;

import java.util.Locale;

/** A reason given by a server, a program or an exception, as a sentence for the status line. */
public final class Sentence {
  private Sentence() {}

  /** With a capital in front, unless it begins with an address, and a full stop behind. */
  public static String of(String reason) {
    if (reason == null || reason.isBlank()) {
      return "It was refused, and nobody said why.";
    }
    int first = reason.split(" ", 2)[0].contains("://") ? 0 : reason.offsetByCodePoints(0, 1);
    String text = reason.substring(0, first).toUpperCase(Locale.ROOT) + reason.substring(first);
    return ".!?".indexOf(text.charAt(text.length() - 1)) < 0 ? text + "." : text;
  }
}

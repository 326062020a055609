package org.lesbillets.cli.tui.screen;

import java.util.Locale;

/**
 * What a colour says. It never says it alone: a terminal without colour shows the same words and
 * glyphs.
 */
public enum Tone {
  PLAIN,
  ACCENT,
  GOOD,
  CAUTION,
  ALARM,
  QUIET,
  MINE;

  /** The name in the configuration. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

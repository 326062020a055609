package org.lesbillets.cli.tui.screen;

import java.util.Locale;

/**
 * The meaning of a colour. It is never the only sign of it: a terminal without colour shows the
 * same words and glyphs.
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

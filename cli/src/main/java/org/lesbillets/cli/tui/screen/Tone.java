package org.lesbillets.cli.tui.screen;

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
  MINE
}

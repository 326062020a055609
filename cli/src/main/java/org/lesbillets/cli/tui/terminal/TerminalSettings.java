package org.lesbillets.cli.tui.terminal;

import java.time.Duration;
import java.util.Objects;
import org.lesbillets.cli.tui.screen.Palette;

/**
 * What a terminal can do, and how it is used. Immutable; any thread.
 *
 * @param palette the colours of the tones, where the terminal has any
 * @param escapeTimeout how long the rest of a sequence may take behind Escape before Escape counts
 *     as a key of its own
 */
public record TerminalSettings(TerminalTraits traits, Palette palette, Duration escapeTimeout) {
  /** Long enough for a sequence that a slow line splits, too short to be noticed after Escape. */
  public static final Duration ESCAPE_TIMEOUT = Duration.ofMillis(100);

  public TerminalSettings {
    Objects.requireNonNull(traits, "traits");
    Objects.requireNonNull(palette, "palette");
    Objects.requireNonNull(escapeTimeout, "escapeTimeout");
  }

  /** The defaults. */
  public static TerminalSettings of(TerminalTraits traits) {
    return new TerminalSettings(traits, Palette.DARK, ESCAPE_TIMEOUT);
  }

  /** The colours that are painted. */
  Palette painted() {
    return traits.colour() ? palette : Palette.NONE;
  }
}

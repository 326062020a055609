package org.lesbillets.cli.tui.terminal;

import java.time.Duration;
import java.util.Objects;
import org.lesbillets.cli.tui.screen.Palette;

/**
 * The terminal's traits and how it is used. Immutable; any thread.
 *
 * @param palette the colours of the tones, where the terminal has any
 * @param escapeTimeout the timeout after which a lone Escape is a key and not the start of a
 *     sequence
 */
public record TerminalSettings(TerminalTraits traits, Palette palette, Duration escapeTimeout) {
  /** Longer than a slow line splits a sequence, shorter than a user notices. */
  public static final Duration ESCAPE_TIMEOUT = Duration.ofMillis(100);

  public TerminalSettings {
    Objects.requireNonNull(traits, "traits");
    Objects.requireNonNull(palette, "palette");
    Objects.requireNonNull(escapeTimeout, "escapeTimeout");
  }

  /** The palette in effect: none without colour. */
  Palette painted() {
    return traits.colour() ? palette : Palette.NONE;
  }
}

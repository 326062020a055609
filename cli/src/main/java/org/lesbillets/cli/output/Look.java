package org.lesbillets.cli.output;

import java.time.Clock;
import java.util.Objects;

/**
 * What decides how a result looks.
 *
 * @param colour whether tones are painted
 * @param clock the present, for ages, and the time zone people live in
 */
public record Look(Console console, boolean colour, Clock clock) {
  public Look {
    Objects.requireNonNull(console, "console");
    Objects.requireNonNull(clock, "clock");
  }

  int width() {
    return console.terminal().width().getAsInt();
  }

  boolean isTerminal() {
    return console.terminal().out();
  }
}

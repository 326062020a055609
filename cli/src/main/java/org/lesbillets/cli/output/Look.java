package org.lesbillets.cli.output;

import java.time.Clock;
import java.util.Objects;

/**
 * What decides how a result looks.
 *
 * @param colour whether tones are painted
 * @param clock the present, for ages, and the time zone people live in
 * @param empty what stands in a column where there is nothing; usually nothing
 */
public record Look(Console console, boolean colour, Clock clock, String empty) {
  public Look {
    Objects.requireNonNull(console, "console");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(empty, "empty");
  }

  int width() {
    return console.terminal().width().getAsInt();
  }

  boolean isTerminal() {
    return console.terminal().out();
  }
}

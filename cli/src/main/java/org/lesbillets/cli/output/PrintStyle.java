package org.lesbillets.cli.output;

import java.time.Clock;
import java.util.Objects;
import org.lesbillets.cli.output.console.Console;

/**
 * Everything that decides how a result looks. Immutable.
 *
 * @param colour whether tones are painted
 * @param clock the present, for ages, and the time zone people live in
 * @param empty what stands in a column where there is nothing; usually nothing
 */
public record PrintStyle(Console console, boolean colour, Clock clock, String empty) {
  public PrintStyle {
    Objects.requireNonNull(console, "console");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(empty, "empty");
  }

  public int width() {
    return console.terminal().width().getAsInt();
  }

  public boolean isTerminal() {
    return console.terminal().out();
  }
}

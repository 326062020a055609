package org.lesbillets.cli.command.edit;

import java.time.Clock;
import java.util.Objects;
import org.lesbillets.model.AgentName;

/**
 * Who types a ticket's fields, and when: what {@code me} and {@code tomorrow 9:00} stand for.
 * Immutable.
 *
 * @param me null before the handshake
 * @param clock in the time zone of what is typed
 */
public record Typist(AgentName me, Clock clock) {
  public Typist {
    Objects.requireNonNull(clock, "clock");
  }
}

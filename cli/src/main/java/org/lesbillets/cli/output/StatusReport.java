package org.lesbillets.cli.output;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.lesbillets.model.AgentName;

/**
 * A snapshot of a server's status for one agent. Immutable.
 *
 * @param held the tickets whose lock the agent holds, the one with the shortest time left first
 * @param age how long ago the server said so
 */
public record StatusReport(AgentName agent, Counts counts, List<HeldTicket> held, Duration age) {

  /** Numbers of tickets: open ones, and those of them that the agent is to do. */
  public record Counts(long open, long mine) {}

  /** A ticket whose lock the agent holds, and for how long still. */
  public record HeldTicket(long number, Duration left) {}

  public StatusReport {
    held = held.stream().sorted(Comparator.comparing(HeldTicket::left)).toList();
  }

  /** The ticket whose lock ends first; null for none. */
  public HeldTicket next() {
    return held.isEmpty() ? null : held.get(0);
  }

  /** This snapshot, aged without asking the server. */
  public StatusReport later(Duration passed) {
    List<HeldTicket> still =
        held.stream().map(one -> new HeldTicket(one.number, one.left.minus(passed))).toList();
    return new StatusReport(agent, counts, still, age.plus(passed));
  }
}

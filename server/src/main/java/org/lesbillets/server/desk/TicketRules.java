package org.lesbillets.server.desk;

import java.time.Instant;
import java.util.Optional;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ClientMessage;

/**
 * The one choke point: whatever a client asks for goes through {@link #refusal} first, and whatever
 * would change a ticket through {@link #decide}. Pure: the same words about the same ticket at the
 * same moment have the same answer. Any thread.
 */
public final class TicketRules {
  private TicketRules() {}

  /**
   * What a change is decided upon.
   *
   * @param id of the ticket
   * @param ticket as it is, its lock told with the time it has left; null if it is not there yet
   * @param agent who asks
   * @param now on the wall clock
   */
  public record Case(TicketId id, Ticket ticket, AgentName agent, Instant now) {}

  /** Why {@code message} may not be asked for by somebody of this role, if so. */
  public static Optional<Decision.Rejected> refusal(ClientMessage message, Role role) {
    return Admission.refusal(message, role);
  }

  /** What becomes of a change that may be asked for. */
  public static Decision decide(ClientMessage.Change change, Case facts) {
    return change.accept(new ChangeRules(facts));
  }
}

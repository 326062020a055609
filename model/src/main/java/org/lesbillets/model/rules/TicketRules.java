package org.lesbillets.model.rules;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/**
 * The one choke point: whatever a client asks for goes through {@link #refusal} first, and whatever
 * would change a ticket through {@link #decide}. Pure: the same words about the same ticket at the
 * same moment have the same answer. Any thread.
 */
public final class TicketRules {
  /** How many tickets an ambiguous reference is told to mean, at most. */
  public static final int CANDIDATES = 10;

  private TicketRules() {}

  /**
   * What a change is decided upon.
   *
   * @param id of the ticket
   * @param ticket as it is, its lock told with the time it has left; null if it is not there yet
   * @param agent who asks
   * @param mayBreak whether they may break another's lock
   * @param ends how earlier locks on the ticket ended, by their token, as far as is known
   * @param now on the wall clock
   */
  public record Case(
      TicketId id,
      Ticket ticket,
      AgentName agent,
      boolean mayBreak,
      LongFunction<Optional<LockEnd>> ends,
      Instant now) {}

  /** The refusal of a request whose sender's role does not allow it, if so. */
  public static Optional<Decision.Rejected> refusal(ClientMessage message, Role role) {
    Role required = message.requiredRole();
    return role.allows(required)
        ? Optional.empty()
        : Optional.of(
            new Decision.Rejected(
                RejectionCode.FORBIDDEN,
                "%s needs the role %s, and your token has the role %s: ask whoever runs the server."
                    .formatted(message.type(), required.wireName(), role.wireName()),
                RejectionDetails.NONE));
  }

  /** Why a reference that means none of the tickets, or several, cannot be followed. */
  public static Decision.Rejected unresolved(TicketRef ref, List<Ticket> found) {
    return found.isEmpty()
        ? new Decision.Rejected(
            RejectionCode.NOT_FOUND,
            "There is no ticket %s: list the tickets to see which there are.".formatted(ref),
            RejectionDetails.field("ticket"))
        : new Decision.Rejected(
            RejectionCode.AMBIGUOUS,
            "%s can mean more than one ticket: give more of the UUID, or the number."
                .formatted(ref),
            RejectionDetails.candidates(found));
  }

  /** What becomes of a change that may be asked for. */
  public static Decision decide(ClientMessage.Change change, Case facts) {
    return change.accept(new ChangeRules(facts));
  }
}

package org.lesbillets.model.rules;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Role;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/**
 * The choke point of all requests: every one passes {@link #refusal}, and every change of a ticket
 * {@link #decide}. Pure functions; any thread. A client that asks with the ticket as it sees it
 * learns what the server would refuse, and in which words.
 */
public final class TicketRules {
  /** Bound on the tickets named when a reference is ambiguous. */
  public static final int CANDIDATES = 10;

  private TicketRules() {}

  /**
   * The facts a change is decided upon.
   *
   * @param id of the ticket
   * @param ticket as it is, its lock with the remaining time; null if the change creates it
   * @param agent the author of the request
   * @param mayBreak whether the author may break another's lock
   * @param ends how earlier locks on the ticket ended, by their token, as far as is known
   * @param keys what the keys of tickets refer to
   * @param now on the wall clock
   */
  public record Case(
      TicketId id,
      Ticket ticket,
      AgentName agent,
      boolean mayBreak,
      LongFunction<Optional<LockEnd>> ends,
      KeyFacts keys,
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
                    .formatted(message.type(), required.wireName(), role.wireName())));
  }

  /** Whether another agent's lock is in the way of changes that need the lock. */
  public static boolean isHeldByAnother(Ticket ticket, AgentName agent) {
    return ticket.isLocked() && !ticket.lock().holder().equals(agent);
  }

  /** The refusal of a reference that means no ticket, or several. */
  public static Decision.Rejected unresolved(TicketRef ref, List<Ticket> found) {
    if (found.isEmpty() && ref instanceof TicketRef.ByKey key) {
      return new Decision.Rejected(
          RejectionCode.NOT_FOUND,
          RefusalMessages.noneRaised(key.key()),
          RejectionDetails.field("ticket"));
    }
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

  /** The refusal of a claim that no ticket matches. */
  public static Decision.Rejected nothingToClaim(ClientMessage.ClaimTicket claim) {
    boolean ofQuery = claim.query() != null && !claim.query().isAll();
    return new Decision.Rejected(RejectionCode.NOT_FOUND, RefusalMessages.nothingToClaim(ofQuery));
  }

  /**
   * The event that ends a lock whose lease is over.
   *
   * @param givenUp whether it was granted to a waiter that was gone: then it counts as released by
   *     its holder, and as no failed attempt
   */
  public static WireEvent leaseOver(Ticket ticket, boolean givenUp, Instant now) {
    return LockRules.over(ticket, givenUp, now);
  }

  /**
   * Whether an event is all that a request for a free lock asks for, by what the event shows: not
   * for a renewal, a break, or a lock that follows a process.
   */
  public static boolean isGrant(ClientMessage.LockTicket asked, WireEvent event) {
    return LockRules.isGrant(asked, event);
  }

  /**
   * The event that wakes a ticket whose time has come. It has no author: the ticket is updated at
   * this moment, and its last author stays.
   */
  public static WireEvent wakeUp(Ticket ticket, Instant now) {
    Ticket awake = ticket.withWakeAt(null).withUpdated(new Stamp(now, ticket.updated().by()));
    return new WireEvent.TicketUpdated(
        now, null, awake, awake.content().changesSince(ticket.content()), false);
  }

  /** The decision on a change that {@link #refusal} permits. */
  public static Decision decide(ClientMessage.Change change, Case facts) {
    return change.accept(new ChangeRules(facts));
  }
}

package org.lesbillets.model.message;

import java.time.Duration;
import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;

/**
 * The machine-readable part of a refusal; fields that do not apply are null. Immutable.
 *
 * @param field the request's field at fault
 * @param limit the bound that the field exceeds
 * @param candidates the tickets that an ambiguous prefix matches, at most 10
 * @param lock the conflicting lock, or the one that replaced the named one
 * @param retryAfter the time after which a retry makes sense
 */
public record RejectionDetails(
    String field, Long limit, List<Candidate> candidates, TicketLock lock, Duration retryAfter) {

  /** No details. */
  public static final RejectionDetails NONE = new RejectionDetails(null, null, null, null, null);

  public RejectionDetails {
    candidates = candidates == null ? null : List.copyOf(candidates);
  }

  /** A ticket that the reference may mean. */
  public record Candidate(TicketId id, long number, String title) {
    public static Candidate of(Ticket ticket) {
      return new Candidate(ticket.id(), ticket.number(), ticket.content().title());
    }
  }

  public static RejectionDetails field(String field) {
    return new RejectionDetails(field, null, null, null, null);
  }

  public static RejectionDetails limit(String field, long limit) {
    return new RejectionDetails(field, limit, null, null, null);
  }

  public static RejectionDetails candidates(List<Ticket> tickets) {
    return new RejectionDetails(
        null, null, tickets.stream().map(Candidate::of).toList(), null, null);
  }

  /** The tickets that are in the way of a field's value. */
  public static RejectionDetails candidates(String field, List<Ticket> tickets) {
    return new RejectionDetails(field, null, candidates(tickets).candidates(), null, null);
  }

  public static RejectionDetails retryAfter(Duration time) {
    return new RejectionDetails(null, null, null, null, time);
  }

  public static RejectionDetails lock(TicketLock lock) {
    return new RejectionDetails(null, null, null, lock, null);
  }
}

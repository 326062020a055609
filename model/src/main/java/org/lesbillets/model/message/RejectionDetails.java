package org.lesbillets.model.message;

import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;

/**
 * What a program can use of a refusal; what does not apply is null.
 *
 * @param field which field of the request is at fault
 * @param limit the bound that field went beyond
 * @param candidates the tickets an ambiguous prefix can mean, at most 10
 * @param lock the lock in the way, or the one that took over
 */
public record RejectionDetails(
    String field, Long limit, List<Candidate> candidates, TicketLock lock) {

  /** Nothing to add to the sentence. */
  public static final RejectionDetails NONE = new RejectionDetails(null, null, null, null);

  public RejectionDetails {
    candidates = candidates == null ? null : List.copyOf(candidates);
  }

  /** A ticket that was perhaps meant. */
  public record Candidate(TicketId id, long number, String title) {
    public static Candidate of(Ticket ticket) {
      return new Candidate(ticket.id(), ticket.number(), ticket.content().title());
    }
  }

  public static RejectionDetails field(String field) {
    return new RejectionDetails(field, null, null, null);
  }

  public static RejectionDetails limit(String field, long limit) {
    return new RejectionDetails(field, limit, null, null);
  }

  public static RejectionDetails candidates(List<Ticket> tickets) {
    return new RejectionDetails(null, null, tickets.stream().map(Candidate::of).toList(), null);
  }

  public static RejectionDetails lock(TicketLock lock) {
    return new RejectionDetails(null, null, null, lock);
  }
}

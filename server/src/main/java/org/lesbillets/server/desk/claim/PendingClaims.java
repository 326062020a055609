package org.lesbillets.server.desk.claim;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.query.BoundQuery;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.desk.queue.WaitQueue;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.work.FairLane;

/**
 * The claims that are not answered yet: by request, by operation, and by session in FIFO order, of
 * which the first is searched for. The desk's thread; bounded by the desk's bound on unanswered
 * requests.
 */
final class PendingClaims {
  private static final Deque<PendingClaim> NONE = new ArrayDeque<>(0);

  private final Map<ChangeRequest, PendingClaim> byRequest = new IdentityHashMap<>();

  /** The attempts of each operation, in the order of their arrival. */
  private final Map<Operation, Deque<PendingClaim>> byOperation = new HashMap<>();

  /** For each session its claims whose choice is not confirmed. */
  private final Map<Requester, Deque<PendingClaim>> bySession = new HashMap<>();

  /** All claims of each session. */
  private final Map<Requester, Set<PendingClaim>> byRequester = new HashMap<>();

  /** Tickets that claims are about to get. */
  private final Map<TicketId, PendingClaim> reserved = new HashMap<>();

  /** The state of one claim, which {@link ClaimSearches} changes. */
  static final class PendingClaim {
    final ChangeRequest request;
    final ClaimTicket message;
    final ClaimSearch search;

    /** What the work on all pages of the search counts as. */
    final FairLane.Job job = new FairLane.Job();

    /** The ticket that is reserved for it, or null. */
    TicketId chosen;

    /** Whether a page is on its way, or a task that continues the search is queued. */
    boolean working;

    /** Confirmations that failed for want of the desk's time. */
    int rounds;

    /** Whether the same operation was asked for again, over another connection. */
    boolean superseded;

    /** Whether it has its ticket, if the append succeeds that is under way. */
    boolean confirmed;

    /** Whether its wait was ended by its requester during that append. */
    boolean cancelled;

    /** Whether it is answered; workers read it. */
    volatile boolean over;

    /** Its place among the waiting claims, which it keeps over a conflict; or null. */
    WaitQueue.Waiter place;

    /** Whether it is in the queue of those. */
    boolean waits;

    /**
     * Whether its search began: until then offers pass it, and its search will find the tickets.
     */
    boolean searched;

    /** Whether its search found nothing, and it waits for an offer. */
    boolean resting;

    /** Whether an offer was not made to it, since its peer was silent. */
    boolean skipped;

    /** The offers that depend on it. */
    final Set<ClaimOffers.Offer> offers = new LinkedHashSet<>();

    /** Why it may not wait, or null if it may, or does not want to. */
    Decision.Rejected noWait;

    private final BoundQuery query;

    /**
     * @param now wall-clock time for the terms about time
     */
    PendingClaim(ChangeRequest request, ClaimTicket message, Instant now) {
      this.request = request;
      this.message = message;
      this.search = new ClaimSearch(request.requester().agent(), message, now);
      this.query = BoundQuery.of(request.requester().agent(), message.query());
    }

    Requester requester() {
      return request.requester();
    }

    /** Whether it may take the place again that it had. */
    boolean mayWaitAgain() {
      return place != null && !superseded && !cancelled;
    }

    /** What offers are compared with. */
    BoundQuery query() {
      return query;
    }
  }

  /**
   * Adds a claim behind those of its session.
   *
   * @return the attempt of the same operation that was the last until now, or null
   */
  PendingClaim add(PendingClaim claim) {
    byRequest.put(claim.request, claim);
    byRequester.computeIfAbsent(claim.requester(), who -> new LinkedHashSet<>(2)).add(claim);
    bySession.computeIfAbsent(claim.requester(), who -> new ArrayDeque<>(1)).add(claim);
    Operation operation = claim.request.operation();
    if (operation == null) {
      return null;
    }
    PendingClaim earlier = last(operation);
    byOperation.computeIfAbsent(operation, id -> new ArrayDeque<>(1)).add(claim);
    return earlier;
  }

  /** Whether the append of another attempt of its operation is under way. */
  boolean isBeingWritten(PendingClaim claim) {
    return byOperation.getOrDefault(claim.request.operation(), NONE).stream()
        .anyMatch(other -> other != claim && other.confirmed);
  }

  /** The claim is about to get the ticket. */
  void reserve(PendingClaim claim, TicketId ticket) {
    claim.chosen = ticket;
    reserved.put(ticket, claim);
  }

  /** Ends the reservation of a claim; the ticket that was reserved until now, or null. */
  TicketId release(PendingClaim claim) {
    TicketId ticket = claim.chosen;
    claim.chosen = null;
    return ticket != null && reserved.remove(ticket, claim) ? ticket : null;
  }

  /** The claim that is about to get a ticket, or null. */
  PendingClaim taker(TicketId ticket) {
    return reserved.get(ticket);
  }

  /** Whether it is the first of its session. */
  boolean isNext(PendingClaim claim) {
    Deque<PendingClaim> queue = bySession.get(claim.requester());
    return queue != null && queue.peek() == claim;
  }

  /** The claim of a request, or null. */
  PendingClaim get(ChangeRequest request) {
    return byRequest.get(request);
  }

  /** The last attempt of an operation that is not answered, or null. */
  PendingClaim last(Operation operation) {
    return byOperation.getOrDefault(operation, NONE).peekLast();
  }

  /** All claims of a session; a copy. */
  List<PendingClaim> of(Requester requester) {
    return List.copyOf(byRequester.getOrDefault(requester, Set.of()));
  }

  /**
   * Takes a claim, which is confirmed or answered, out of the queue of its session.
   *
   * @return the first of the queue now; null if there is none, or the claim was not in it
   */
  PendingClaim leave(PendingClaim claim) {
    Deque<PendingClaim> queue = bySession.get(claim.requester());
    if (queue == null || !queue.remove(claim)) {
      return null;
    }
    if (queue.isEmpty()) {
      bySession.remove(claim.requester());
    }
    return queue.peek();
  }

  private void forget(PendingClaim claim) {
    byOperation.computeIfPresent(
        claim.request.operation(),
        (id, attempts) -> attempts.remove(claim) && attempts.isEmpty() ? null : attempts);
  }

  /**
   * Forgets an answered claim, which has yet to {@link #leave} the queue of its session.
   *
   * @return it, or null if it is unknown
   */
  PendingClaim remove(ChangeRequest request) {
    PendingClaim claim = byRequest.remove(request);
    if (claim != null) {
      forget(claim);
      Set<PendingClaim> others = byRequester.get(claim.requester());
      others.remove(claim);
      if (others.isEmpty()) {
        byRequester.remove(claim.requester());
      }
    }
    return claim;
  }
}

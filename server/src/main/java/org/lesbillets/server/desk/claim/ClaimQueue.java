package org.lesbillets.server.desk.claim;

import java.util.Iterator;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.server.desk.claim.PendingClaims.PendingClaim;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.queue.TicketChangeQueue;
import org.lesbillets.server.desk.queue.WaitQueue;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.Requester;

/**
 * The claims that wait for a ticket, FIFO: each event after which a ticket is claimable makes an
 * {@linkplain ClaimOffers offer} of it, which goes to the first that matches. The desk's thread;
 * bounded as the {@link WaitQueue} is, and by the length of all queries.
 *
 * <pre>
 *        join             search found nothing            offer, confirmed
 *   ------------> SEARCHING ----------------> RESTING ---------------------> append
 *                  |   ^                         |
 *                  |   +--- rejoin: conflict ----|------------------------------+
 *                  +--- found one: append        +--- timeout, cancel, disconnect, dismissal
 * </pre>
 */
public final class ClaimQueue {
  /** Bound on the characters of the queries; in memory a query takes several times as much. */
  public static final int MAX_QUERIES_LENGTH = 4 << 20;

  private final DeskState state;
  private final WaitQueue waits;
  private final PendingClaims pending;
  private final QueryOrder order = new QueryOrder();
  private final ClaimOffers offers;
  private final ClaimSweeps sweeps;
  private long queriesLength;

  ClaimQueue(ClaimOffers.Context with, PendingClaims pending, ClaimOffers.Choices choices) {
    this.state = with.state();
    this.waits = state.waits();
    this.pending = pending;
    this.offers = new ClaimOffers(with, order, pending, choices);
    this.sweeps = new ClaimSweeps(with.work(), state.claimable(), order, this::offer);
  }

  /** Why a claim may not wait: the given reason, or that the queries are too large; or null. */
  Decision.Rejected orTooLarge(PendingClaim claim, Decision.Rejected why) {
    boolean fits = queriesLength + claim.query().length() <= MAX_QUERIES_LENGTH;
    return why == null && !fits ? DeskMessages.TOO_MANY_WAIT : why;
  }

  /** Takes a place at the end, from where the claim searches first. */
  void join(PendingClaim claim) {
    enter(claim, waits.add(claim.query(), claim.request, claim.request.waiting()));
  }

  /** Takes the old place again, since another server was faster. */
  void rejoin(PendingClaim claim) {
    waits.put(claim.place);
    enter(claim, claim.place);
    offers.rejoined();
  }

  /**
   * The journal had too much to write: a claim that waits takes its old place again, and the chosen
   * ticket is parked.
   *
   * @return whether it waits again; if not, it is to be answered
   */
  public boolean putBack(ChangeRequest request) {
    PendingClaim claim = pending.get(request);
    if (claim == null || !claim.mayWaitAgain()) {
      return false;
    }
    claim.confirmed = false;
    claim.search.restart();
    rejoin(claim);
    claim.resting = true;
    park(claim.chosen);
    pending.release(claim);
    sweeps.missedLater(claim.query(), TicketChangeQueue.RETRY);
    return true;
  }

  /** Its requester ends a wait whose append is under way: it does not wait again. */
  public void cancel(Requester requester, String requestId) {
    pending.of(requester).stream()
        .filter(claim -> claim.confirmed && claim.message.requestId().equals(requestId))
        .forEach(claim -> claim.cancelled = claim.place != null);
  }

  /** Offers a ticket a little later, since an append has just failed; no later claim gets it. */
  public void park(TicketId ticket) {
    if (state.isClaimable(ticket)) {
      offers.park(ticket);
    }
  }

  private void enter(PendingClaim claim, WaitQueue.Waiter place) {
    claim.place = place;
    claim.waits = true;
    queriesLength += claim.query().length();
    Iterator<WaitQueue.Waiter> waiters = waits.waiters(claim.query()).iterator();
    if (waiters.next() == place) {
      if (waiters.hasNext()) {
        order.remove(waiters.next().ordinal());
      }
      order.put(place.ordinal(), claim.query());
    }
  }

  /** No claimable ticket matches: waits for an offer. */
  void rest(PendingClaim claim) {
    claim.resting = true;
    offers.resume(claim);
  }

  /** Leaves the queue, answered or granted a ticket; offers that were held for it go on. */
  void leave(PendingClaim claim) {
    if (claim.waits) {
      claim.waits = false;
      queriesLength -= claim.query().length();
      claim.resting = false;
      if (waits.has(claim.place)) {
        waits.remove(claim.place);
      }
      if (order.remove(claim.place.ordinal())) {
        waits.waiters(claim.query()).stream()
            .findFirst()
            .ifPresent(next -> order.put(next.ordinal(), claim.query()));
      }
      offers.resume(claim);
    }
  }

  /** Leaves the queue with the chosen ticket, whose append begins. */
  void taken(PendingClaim claim) {
    if (claim.waits) {
      claim.skipped = false;
      offers.accepted(claim.chosen, claim);
      waits.granted(claim.place);
      leave(claim);
    }
  }

  /** Whether a ticket is offered to waiters, and so none of {@code claim}'s. */
  boolean isOffered(TicketId ticket, PendingClaim claim) {
    return offers.isOffered(ticket, claim);
  }

  /** Follows an event that the book has applied. */
  void deliver(Ticket after) {
    offers.withdraw(after.id());
    if (after.isClaimable()) {
      offers.add(after.id());
    }
  }

  /** Offers a ticket to those who wait, if it is claimable and no claim is about to get it. */
  void offer(TicketId ticket) {
    if (state.isClaimable(ticket) && pending.taker(ticket) == null) {
      offers.add(ticket);
    }
  }

  /** Tickets that it could get were not offered to it: they are looked for. */
  void missed(PendingClaim claim) {
    sweeps.missed(claim.query());
  }

  /** Something arrived from a probed peer. */
  public void answered(Requester requester) {
    for (WaitQueue.Waiter waiter : waits.waitersOf(requester)) {
      PendingClaim claim = pending.get(waiter.request());
      if (claim != null && claim.skipped) {
        claim.skipped = false;
        missed(claim);
      }
    }
    offers.resumeUndecided(requester);
  }

  /** Probes have timed out. */
  public void probesEnded() {
    offers.resumeUndecided(null);
  }

  /** Runs what is due: a sweep, or a comparison that the workers refused. */
  public void runDue() {
    offers.runDue();
    sweeps.runDue();
  }

  /** Nanoseconds until {@link #runDue} has to run; at most {@code most}. */
  public long nanosToNext(long most) {
    return offers.nanosToNext(sweeps.nanosToNext(most));
  }
}

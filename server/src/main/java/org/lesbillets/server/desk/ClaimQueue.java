package org.lesbillets.server.desk;

import java.util.Iterator;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.server.desk.PendingClaims.PendingClaim;
import org.lesbillets.server.desk.claim.ClaimSweeps;
import org.lesbillets.server.desk.claim.QueryOrder;

/**
 * The claims that wait for a ticket, FIFO: each event after which a ticket is claimable makes an
 * {@linkplain ClaimOffers offer} of it, which goes to the first that matches. The desk's thread;
 * bounded as the {@link WaitQueue} is.
 *
 * <pre>
 *        join             search found nothing            offer, confirmed
 *   ------------> SEARCHING ----------------> RESTING ---------------------> append
 *                  |   ^                         |
 *                  |   +--- rejoin: conflict ----|------------------------------+
 *                  +--- found one: append        +--- timeout, cancel, disconnect, dismissal
 * </pre>
 */
final class ClaimQueue {
  private final DeskState state;
  private final WaitQueue waits;
  private final PendingClaims pending;
  private final QueryOrder order = new QueryOrder();
  private final ClaimOffers offers;
  private final ClaimSweeps sweeps;

  ClaimQueue(ClaimOffers.Context with, PendingClaims pending, ClaimOffers.Choices choices) {
    this.state = with.state();
    this.waits = state.waits();
    this.pending = pending;
    this.offers = new ClaimOffers(with, order, pending, choices);
    this.sweeps = new ClaimSweeps(with.work(), state.claimable(), order, this::offer);
  }

  /** Takes a place at the end, from where the claim searches first. */
  void join(PendingClaim claim) {
    enter(claim, waits.add(claim.query(), claim.request, claim.request.waiting()));
  }

  /** Takes the old place again, since another server was faster. */
  void rejoin(PendingClaim claim) {
    waits.put(claim.place);
    enter(claim, claim.place);
  }

  private void enter(PendingClaim claim, WaitQueue.Waiter place) {
    claim.place = place;
    claim.waits = true;
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
      claim.resting = false;
      waits.remove(claim.request);
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

  /** Offers a ticket to those who wait, if it is claimable. */
  void offer(TicketId ticket) {
    if (state.isClaimable(ticket)) {
      offers.add(ticket);
    }
  }

  /** Something arrived from a probed peer. */
  void answered(Requester requester) {
    for (WaitQueue.Waiter waiter : waits.waitersOf(requester)) {
      PendingClaim claim = pending.get(waiter.request());
      if (claim != null && claim.skipped) {
        claim.skipped = false;
        sweeps.missed(claim.query());
      }
    }
    offers.resumeUndecided(requester);
  }

  /** Probes have timed out. */
  void probesEnded() {
    offers.resumeUndecided(null);
  }

  /** Runs what is due: a sweep, or a comparison that the workers refused. */
  void runDue() {
    offers.runDue();
    sweeps.runDue();
  }

  /** Nanoseconds until {@link #runDue} has to run; at most {@code most}. */
  long nanosToNext(long most) {
    return offers.nanosToNext(sweeps.nanosToNext(most));
  }
}

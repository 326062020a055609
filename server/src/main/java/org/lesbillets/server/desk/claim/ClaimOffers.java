package org.lesbillets.server.desk.claim;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.server.desk.claim.PendingClaims.PendingClaim;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.queue.PeerProbes;
import org.lesbillets.server.desk.queue.TicketChangeQueue;
import org.lesbillets.server.desk.request.Requester;
import org.lesbillets.server.work.Slice;

/**
 * Claimable tickets that are offered to waiting claims. Each is compared with the distinct queries
 * in the order of arrival ({@link OfferSearch}), and goes to the first waiter that matches and
 * whose peer is present; until that is decided no later claim gets it. The desk's thread, in
 * slices; at most one offer a ticket.
 *
 * <pre>
 *                 match: present, at rest                  confirmed
 *   OFFERED ------------------------------> CHOSEN -----------------------> (none)
 *    |  ^  |                                  | waiter left
 *    |  |  +-- match: probed, or searching    |
 *    |  |                  |                  |
 *    |  |                  v                  |
 *    |  +--------------- HELD for that one <--+        each event on the ticket: offered again,
 *    +--- no match --> (none): free for other claims   or withdrawn
 * </pre>
 */
final class ClaimOffers {
  private final QueryWork work;
  private final DeskState state;
  private final QueryOrder order;
  private final PendingClaims pending;
  private final Choices choices;
  private final Map<TicketId, Offer> offers = new HashMap<>();

  /** Those to be decided; held until a probe has ended; to be compared by a worker; parked. */
  private final Deque<Offer> ready = new ArrayDeque<>();

  private final Set<Offer> undecided = new LinkedHashSet<>();
  private final Comparisons<Offer> comparisons;
  private final Deque<Parked> parked = new ArrayDeque<>();

  private final OfferSearch.Facts facts;
  private boolean scheduled;

  /** What offers are made of and compared with. */
  record Context(QueryWork work, DeskState state, PeerProbes probes) {}

  /** What is done with an offer. */
  interface Choices {
    /** Reserves the ticket for a claim at rest, and queues the claim on it. */
    void choose(PendingClaim claim, TicketId ticket);

    /** No waiter takes the ticket: the searches look at it again. */
    void vacated(TicketId ticket);

    /** The search of a claim may take the ticket, and no other. */
    void heldFor(PendingClaim claim, TicketId ticket);

    /** Tickets were not offered to the claim, and nothing is held for it any more. */
    void missed(PendingClaim claim);
  }

  /** A claimable ticket, and the waiter on which it depends, or null. */
  static final class Offer {
    private final TicketId ticket;
    private final OfferSearch search;
    private PendingClaim holder;

    Offer(TicketId ticket, OfferSearch search) {
      this.ticket = ticket;
      this.search = search;
    }
  }

  /** An offer that is decided on from a time on. */
  private record Parked(Offer offer, long dueNanos) {}

  ClaimOffers(Context with, QueryOrder order, PendingClaims pending, Choices choices) {
    this.work = with.work;
    this.state = with.state;
    this.order = order;
    this.pending = pending;
    this.choices = choices;
    this.facts = new OfferSearch.Facts(with, order, pending);
    this.comparisons = new Comparisons<>(work, offer -> offer.search.page(), this::ready);
  }

  /** Whether a ticket is offered, and not to {@code claim}. */
  boolean isOffered(TicketId ticket, PendingClaim claim) {
    Offer offer = offers.get(ticket);
    return offer != null && offer.holder != claim;
  }

  /** Offers a claimable ticket to the waiters, if there are any. */
  void add(TicketId ticket) {
    if (!order.isEmpty() && !offers.containsKey(ticket)) {
      Offer offer = newOffer(ticket);
      offers.put(ticket, offer);
      ready(offer);
    }
  }

  private Offer newOffer(TicketId ticket) {
    Ticket now = state.book().find(ticket).orElseThrow();
    return new Offer(ticket, new OfferSearch(now, facts));
  }

  /** Offers a claimable ticket after 200 ms. */
  void park(TicketId ticket) {
    if (!order.isEmpty() && !offers.containsKey(ticket)) {
      Offer offer = newOffer(ticket);
      offers.put(ticket, offer);
      parked.add(new Parked(offer, work.time().nanos() + TicketChangeQueue.RETRY.toNanos()));
    }
  }

  /** The ticket has changed: what was found out about it is of no use. */
  void withdraw(TicketId ticket) {
    Offer offer = offers.remove(ticket);
    PendingClaim holder = offer == null ? null : offer.holder;
    if (holder != null) {
      offer.holder = null;
      undecided.remove(offer);
      holder.offers.remove(offer);
      resume(holder);
      if (holder.skipped && holder.offers.isEmpty()) {
        holder.skipped = false;
        choices.missed(holder);
      }
    }
  }

  /** A ticket goes to a claim, to which it may have been offered. */
  void accepted(TicketId ticket, PendingClaim claim) {
    Offer offer = offers.get(ticket);
    if (offer != null && offer.holder == claim) {
      withdraw(ticket);
    }
  }

  /** A claim has taken an earlier place again: its query may be one that is not compared. */
  void rejoined() {
    facts.rejoined();
  }

  /** Decides again on the offers that depended on a waiter. */
  void resume(PendingClaim holder) {
    List<Offer> held = List.copyOf(holder.offers);
    holder.offers.clear();
    for (Offer offer : held) {
      offer.holder = null;
      undecided.remove(offer);
      offer.search.restart();
      ready(offer);
    }
  }

  /**
   * A probe has ended: decides on the offers that waited for it.
   *
   * @param of the peer's requester, or null for all
   */
  void resumeUndecided(Requester of) {
    undecided.stream()
        .map(offer -> offer.holder)
        .filter(holder -> of == null || holder.requester() == of)
        .distinct()
        .toList()
        .forEach(this::resume);
  }

  private void ready(Offer offer) {
    ready.add(offer);
    schedule();
  }

  private void schedule() {
    if (!scheduled && !ready.isEmpty()) {
      scheduled = true;
      work.post(this::decideReady);
    }
  }

  private void decideReady() {
    scheduled = false;
    Slice slice = work.deskSlice();
    while (!ready.isEmpty()) {
      Offer offer = ready.poll();
      if (offers.get(offer.ticket) == offer && offer.holder == null) {
        decide(offer, slice);
      }
      if (slice.isOver()) {
        break;
      }
    }
    schedule();
  }

  private void decide(Offer offer, Slice slice) {
    switch (work.charged(() -> offer.search.advance(slice))) {
      case UNDER_WAY -> ready.addFirst(offer);
      case TO_COMPARE -> comparisons.add(offer);
      case DECIDED -> settle(offer);
    }
  }

  private void settle(Offer offer) {
    PeerProbes.Candidate first = offer.search.first();
    if (first == null) {
      offers.remove(offer.ticket);
      choices.vacated(offer.ticket);
    } else {
      give(offer, first);
    }
  }

  private void give(Offer offer, PeerProbes.Candidate to) {
    PendingClaim claim = pending.get(to.waiter().request());
    offer.holder = claim;
    claim.offers.add(offer);
    if (to.presence() == PeerProbes.Presence.ASKED) {
      undecided.add(offer);
    } else if (!claim.resting) {
      choices.heldFor(claim, offer.ticket);
    } else if (claim.chosen == null) {
      choices.choose(claim, offer.ticket);
    }
  }

  /** Decides on what was parked, and has a worker compare what waits for that. */
  void runDue() {
    while (!parked.isEmpty() && nanosToParked(1) == 0) {
      ready(parked.poll().offer);
    }
    comparisons.runDue();
  }

  private long nanosToParked(long most) {
    return parked.isEmpty()
        ? most
        : Math.max(0, Math.min(most, parked.peek().dueNanos - work.time().nanos()));
  }

  /** Nanoseconds until {@link #runDue} has to run; at most {@code most}. */
  long nanosToNext(long most) {
    return nanosToParked(comparisons.nanosToNext(most));
  }
}

package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.server.desk.PendingClaims.PendingClaim;
import org.lesbillets.server.desk.claim.ClaimQuery;
import org.lesbillets.server.desk.claim.OfferBatch;
import org.lesbillets.server.desk.claim.OfferPage;
import org.lesbillets.server.desk.claim.QueryOrder;
import org.lesbillets.server.desk.claim.QueryWork;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Slice;

/**
 * Claimable tickets that are offered to waiting claims. Each is compared with the distinct queries
 * in the order of arrival, as {@link QueryWork}, and goes to the first waiter that matches and
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
  private static final Duration RETRY_REFUSED = Duration.ofMillis(100);

  /** Offers a worker compares before it reports. */
  private static final int BATCH = 256;

  private final QueryWork work;
  private final DeskState state;
  private final WaitQueue waits;
  private final PeerProbes probes;
  private final QueryOrder order;
  private final PendingClaims pending;
  private final Choices choices;
  private final Map<TicketId, Offer> offers = new HashMap<>();

  /** Those to be decided; held until a probe has ended; to be compared by a worker. */
  private final Deque<Offer> ready = new ArrayDeque<>();

  private final Set<Offer> undecided = new LinkedHashSet<>();
  private final Deque<Offer> backlog = new ArrayDeque<>();

  private boolean scheduled;
  private boolean comparing;
  private long retryNanos;

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
  }

  /** A claimable ticket, the waiter on which it depends, and what is compared; both may be null. */
  static final class Offer {
    private final TicketId ticket;
    private PendingClaim holder;
    private OfferPage page;

    Offer(TicketId ticket) {
      this.ticket = ticket;
    }
  }

  ClaimOffers(Context with, QueryOrder order, PendingClaims pending, Choices choices) {
    this.work = with.work;
    this.state = with.state;
    this.waits = with.state.waits();
    this.probes = with.probes;
    this.order = order;
    this.pending = pending;
    this.choices = choices;
    this.retryNanos = work.time().nanos();
  }

  /** Whether a ticket is offered, and not to {@code claim}. */
  boolean isOffered(TicketId ticket, PendingClaim claim) {
    Offer offer = offers.get(ticket);
    return offer != null && offer.holder != claim;
  }

  /** Offers a claimable ticket to the waiters, if there are any. */
  void add(TicketId ticket) {
    if (!order.isEmpty() && !offers.containsKey(ticket)) {
      Offer offer = new Offer(ticket);
      offers.put(ticket, offer);
      ready(offer);
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
    }
  }

  /** A ticket goes to a claim, to which it may have been offered. */
  void accepted(TicketId ticket, PendingClaim claim) {
    Offer offer = offers.get(ticket);
    if (offer != null && offer.holder == claim) {
      withdraw(ticket);
    }
  }

  /** Decides again on the offers that depended on a waiter. */
  void resume(PendingClaim holder) {
    List<Offer> held = List.copyOf(holder.offers);
    holder.offers.clear();
    for (Offer offer : held) {
      offer.holder = null;
      undecided.remove(offer);
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
    Slice slice = new Slice(work.time()::nanos);
    while (!ready.isEmpty()) {
      Offer offer = ready.poll();
      if (offers.get(offer.ticket) == offer && offer.holder == null) {
        decide(offer);
      }
      if (slice.isOver()) {
        break;
      }
    }
    schedule();
  }

  private void decide(Offer offer) {
    if (offer.page == null) {
      Ticket ticket = state.book().find(offer.ticket).orElseThrow();
      offer.page = new OfferPage(ticket, order.queries(), work.time().now());
    }
    PeerProbes.Candidate first = firstMatch(offer.page);
    while (comesBefore(offer.page.next(), first)) {
      if (!work.hasCredit() || !work.runNow(offer.page)) {
        backlog.add(offer);
        runDue();
        return;
      }
      first = firstMatch(offer.page);
    }
    if (first == null) {
      offers.remove(offer.ticket);
      choices.vacated(offer.ticket);
    } else {
      give(offer, first);
    }
  }

  /** Whether a waiter with a query that has yet to be compared would come first. */
  private boolean comesBefore(ClaimQuery next, PeerProbes.Candidate first) {
    if (next == null || first == null) {
      return next != null;
    }
    long ordinal = first.waiter().ordinal();
    return waits.waiters(next).stream().findFirst().filter(w -> w.ordinal() < ordinal).isPresent();
  }

  /** The first waiter, of those with a query that matches, that is not absent; or null. */
  private PeerProbes.Candidate firstMatch(OfferPage page) {
    PeerProbes.Candidate first = null;
    for (ClaimQuery query : page.matched()) {
      PeerProbes.Candidate next = firstPresent(query);
      if (first == null || next != null && next.waiter().ordinal() < first.waiter().ordinal()) {
        first = next;
      }
    }
    return first;
  }

  private PeerProbes.Candidate firstPresent(ClaimQuery query) {
    Iterable<WaitQueue.Waiter> searched =
        () ->
            waits.waiters(query).stream().filter(w -> pending.get(w.request()).searched).iterator();
    PeerProbes.Candidate first = probes.first(searched);
    for (WaitQueue.Waiter waiter : searched) {
      if (first != null && first.waiter() == waiter) {
        break;
      }
      pending.get(waiter.request()).skipped = true;
    }
    return first;
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

  /** Has a worker compare what waits for that. */
  void runDue() {
    if (!comparing && !backlog.isEmpty() && work.time().nanos() - retryNanos >= 0) {
      comparing = true;
      List<Offer> batch = backlog.stream().limit(BATCH).toList();
      batch.forEach(offer -> backlog.poll());
      List<OfferPage> pages = batch.stream().map(offer -> offer.page).toList();
      work.runLater(new OfferBatch(pages), new Comparison(batch));
    }
  }

  /** Nanoseconds until {@link #runDue} has to run; at most {@code most}. */
  long nanosToNext(long most) {
    return backlog.isEmpty() || comparing
        ? most
        : Math.max(0, Math.min(most, retryNanos - work.time().nanos()));
  }

  private final class Comparison extends QueryWork.Task {
    private final List<Offer> batch;

    Comparison(List<Offer> batch) {
      super(ClaimOffers.this, new FairLane.Job());
      this.batch = batch;
    }

    @Override
    protected void done() {
      comparing = false;
      batch.forEach(ClaimOffers.this::ready);
      runDue();
    }

    @Override
    protected void failed() {
      comparing = false;
      backlog.addAll(batch);
      retryNanos = work.time().nanos() + RETRY_REFUSED.toNanos();
    }
  }
}

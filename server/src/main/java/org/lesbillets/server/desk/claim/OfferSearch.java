package org.lesbillets.server.desk.claim;

import org.lesbillets.model.Ticket;
import org.lesbillets.model.query.BoundQuery;
import org.lesbillets.server.desk.claim.PendingClaims.PendingClaim;
import org.lesbillets.server.desk.queue.PeerProbes;
import org.lesbillets.server.desk.queue.WaitQueue;
import org.lesbillets.server.work.Slice;

/**
 * The search for the waiting claim that gets a ticket: the first in line whose query matches, and
 * whose peer is present. In steps: the ticket is compared up to the next query that matches, then
 * the waiters of that query are looked at, once. The desk's thread, in slices; as large as the
 * number of distinct queries.
 */
final class OfferSearch {
  /** Offers that wait for one claim, which takes one; further ones go to the next in line. */
  private static final int MAX_HELD = 16;

  private final Ticket ticket;
  private final Facts facts;
  private OfferPage page;

  /** Among the waiters of the first {@code looked} queries that match; null at first. */
  private PeerProbes.Search search;

  private int looked;
  private int rejoins;

  /** How far a search is. */
  enum Progress {
    DECIDED,
    UNDER_WAY,
    /** A worker has to compare further queries. */
    TO_COMPARE
  }

  /** What all searches are made of. */
  static final class Facts {
    private final QueryWork work;
    private final WaitQueue waits;
    private final PeerProbes probes;
    private final QueryOrder order;
    private final PendingClaims pending;

    /** How often a claim took an earlier place again. */
    private int rejoins;

    Facts(ClaimOffers.Context with, QueryOrder order, PendingClaims pending) {
      this.work = with.work();
      this.waits = with.state().waits();
      this.probes = with.probes();
      this.order = order;
      this.pending = pending;
    }

    void rejoined() {
      rejoins++;
    }

    private PendingClaim claimOf(WaitQueue.Waiter waiter) {
      return pending.get(waiter.request());
    }
  }

  OfferSearch(Ticket ticket, Facts facts) {
    this.ticket = ticket;
    this.facts = facts;
  }

  /** What is compared. */
  OfferPage page() {
    return page;
  }

  /** The waiter that was found, or null. */
  PeerProbes.Candidate first() {
    return search.first();
  }

  /** Looks at all waiters again; what was compared is kept. */
  void restart() {
    search = null;
  }

  /** Continues until the slice is over, or something else is to be done. */
  Progress advance(Slice slice) {
    Progress progress = step();
    while (progress == Progress.UNDER_WAY && !slice.isOver()) {
      progress = step();
    }
    return progress;
  }

  private Progress step() {
    if (search == null) {
      begin();
    }
    if (looked < page.matched().size()) {
      look(page.matched().get(looked++));
      return Progress.UNDER_WAY;
    }
    QueryOrder.First next = page.next();
    if (next != null && next.ordinal() < search.end()) {
      return compare(next.query());
    }
    if (isOutdated()) {
      restart();
      return Progress.UNDER_WAY;
    }
    return Progress.DECIDED;
  }

  private void begin() {
    if (page == null || rejoins != facts.rejoins) {
      page = new OfferPage(ticket, facts.order.queries(), facts.work.time().now());
      rejoins = facts.rejoins;
    }
    page.rewind();
    search = facts.probes.new Search();
    looked = 0;
  }

  private void look(BoundQuery query) {
    search.look(
        () -> facts.waits.waiters(query).stream().filter(w -> isOpen(facts.claimOf(w))).iterator(),
        absent -> facts.claimOf(absent).skipped = true);
  }

  private static boolean isOpen(PendingClaim claim) {
    boolean full = claim.offers.size() >= MAX_HELD;
    claim.skipped |= full;
    return claim.searched && !full;
  }

  private Progress compare(BoundQuery next) {
    if (!hasWaiterThatMatters(next)) {
      page.skip();
      return Progress.UNDER_WAY;
    }
    page.until(search.end());
    boolean done = facts.work.hasCredit() && facts.work.runNow(page);
    return done ? Progress.UNDER_WAY : Progress.TO_COMPARE;
  }

  /** The first of a query may have left since, so that others come before it. */
  private boolean hasWaiterThatMatters(BoundQuery query) {
    return facts.waits.waiters(query).stream()
        .findFirst()
        .filter(waiter -> waiter.ordinal() < search.end())
        .isPresent();
  }

  /**
   * Whether the first in line has left, or its presence changed, in the course of several turns.
   */
  private boolean isOutdated() {
    PeerProbes.Candidate first = search.first();
    if (first == null) {
      return false;
    }
    PendingClaim claim = facts.claimOf(first.waiter());
    return claim == null || !claim.waits || !isOpen(claim) || !search.isCurrent();
  }
}

package org.lesbillets.server.desk.claim;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.server.desk.claim.PendingClaims.PendingClaim;
import org.lesbillets.server.desk.queue.DeskState;

/**
 * The searches of claims, which follow events, and the loop of each: page after page is compared,
 * by the desk for as long as it has credit, else by workers, until a ticket is found or there is
 * none. The desk's thread; one page of a claim at a time.
 */
final class SearchRunner {
  /** Tickets the desk compares itself, when a query searches no texts. */
  private static final int DESK_PAGE = 64;

  /** Confirmations that may fail for want of the desk's time. */
  private static final int MAX_ROUNDS = 64;

  private final QueryWork work;
  private final DeskState state;
  private final Ends ends;

  /** Searches that follow events. */
  private final Set<PendingClaim> following = new LinkedHashSet<>();

  /** What other claims have, and how a search ends. */
  interface Ends {
    /** Whether another claim is about to get the ticket. */
    boolean isAnothers(TicketId ticket, PendingClaim claim);

    /** Reserves the first match. */
    void choose(PendingClaim claim, TicketId ticket);

    /** No claimable ticket matches, and no other claim has one that might become free. */
    void foundNothing(PendingClaim claim);

    /** Its connection is closed, or the same operation was asked for again. */
    void giveUp(PendingClaim claim);

    /** The workers have too much to do. */
    void refused(PendingClaim claim);
  }

  SearchRunner(QueryWork work, DeskState state, Ends ends) {
    this.work = work;
    this.state = state;
    this.ends = ends;
  }

  /** Has a search follow events from now on; returns whether it did not before. */
  boolean follow(PendingClaim claim) {
    claim.searched = true;
    return following.add(claim);
  }

  boolean follows(PendingClaim claim) {
    return following.contains(claim);
  }

  /** A search is over, for now or for good: it follows no events. */
  void leave(PendingClaim claim) {
    following.remove(claim);
  }

  /** All searches look at a ticket that has changed. */
  void note(Ticket after) {
    for (PendingClaim claim : following) {
      if (claim.search.note(after)) {
        wake(claim);
      }
    }
  }

  /** All searches look again at a ticket that no other claim is about to get any more. */
  void released(TicketId ticket) {
    following.forEach(claim -> released(claim, ticket));
  }

  /** One search does. */
  void released(PendingClaim claim, TicketId ticket) {
    if (claim.search.released(ticket)) {
      wake(claim);
    }
  }

  /** Lets a search continue that waits for a change, in a task of its own. */
  void wake(PendingClaim claim) {
    if (!claim.working && claim.chosen == null) {
      claim.working = true;
      work.post(() -> wakeUp(claim));
    }
  }

  private void wakeUp(PendingClaim claim) {
    claim.working = false;
    advance(claim);
  }

  void advance(PendingClaim claim) {
    while (!claim.over && !claim.working && !claim.resting && claim.chosen == null) {
      ClaimSearch search = claim.search;
      if (claim.requester().isGone() || claim.superseded) {
        ends.giveUp(claim);
      } else if (search.hasChanged()) {
        look(claim, search.changedPage(state.book()), work.hasCredit());
      } else if (first(claim).isPresent() && search.isDecidable()) {
        ends.choose(claim, first(claim).get());
      } else if (!search.isDecidable()) {
        boolean now = work.hasCredit() && !search.searchesTexts();
        int most = now ? DESK_PAGE : ClaimSearch.pageSize(following.size());
        look(
            claim, search.nextPage(state.claimable(), most, id -> ends.isAnothers(id, claim)), now);
      } else if (search.isTruncated()) {
        search.restart();
      } else {
        if (!search.isContended()) {
          ends.foundNothing(claim);
        }
        return;
      }
    }
  }

  /**
   * Compares the tickets that changed since they were compared.
   *
   * @return whether that is done; if not, a worker continues
   */
  boolean lookAtChanged(PendingClaim claim) {
    if (!claim.search.hasChanged()) {
      return true;
    }
    boolean now = work.hasCredit() || ++claim.rounds > MAX_ROUNDS;
    return look(claim, claim.search.changedPage(state.book()), now);
  }

  /** The best ticket found so far that no other claim is about to get. */
  Optional<TicketId> first(PendingClaim claim) {
    return claim.search.first(id -> ends.isAnothers(id, claim));
  }

  /**
   * Compares a page with the query, on this thread or on a worker's.
   *
   * @param now whether to begin at once
   * @return whether it is done; if not, a worker continues
   */
  private boolean look(PendingClaim claim, ClaimPage page, boolean now) {
    if (now && work.runNow(page)) {
      take(claim, page);
      return true;
    }
    claim.working = true;
    work.runLater(page, new PageWork(claim, page));
    return false;
  }

  private void take(PendingClaim claim, ClaimPage page) {
    claim.search.take(page, state.book(), id -> ends.isAnothers(id, claim));
  }

  /** A page's way back from a worker. */
  private final class PageWork extends QueryWork.Task {
    private final PendingClaim claim;
    private final ClaimPage page;

    PageWork(PendingClaim claim, ClaimPage page) {
      super(claim.requester(), claim.job);
      this.claim = claim;
      this.page = page;
    }

    @Override
    protected boolean isOver() {
      return claim.over;
    }

    @Override
    protected void done() {
      if (!claim.over) {
        take(claim, page);
        wakeUp(claim);
      }
    }

    @Override
    protected void failed() {
      if (!claim.over) {
        ends.refused(claim);
      }
    }
  }
}

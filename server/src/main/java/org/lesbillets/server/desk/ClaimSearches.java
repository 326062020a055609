package org.lesbillets.server.desk;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.desk.PendingClaims.PendingClaim;
import org.lesbillets.server.desk.claim.ClaimPage;
import org.lesbillets.server.desk.claim.ClaimSearch;
import org.lesbillets.server.work.FairLane;

/**
 * The choice of tickets for {@linkplain PendingClaims claims}: queries are evaluated as {@link
 * QueryWork}, and the choice is confirmed by the desk (optimistic concurrency). The desk's thread.
 * One search at a time for each session, FIFO; bounded by the desk's bound on unanswered requests.
 *
 * <pre>
 *              match                      ticket's queue reached: confirmed
 *   SEARCHING -------> CHOSEN (reserved) -----------------------------------> append
 *     ^  |  ^             |                                                     |
 *     |  |  +-------------+ a better one came, or the ticket changed            | end: reservation
 *     |  |                                                                      | over
 *     |  +-- no match, but some reserved --> CONTENDED --- reservation over ----+
 *     |                                          |
 *     +------------------------------------------+        no match at all: NOT_FOUND
 * </pre>
 *
 * <p>The ticket is the first claimable match as of the confirmation. One that another claim is
 * about to get counts as taken; a claim that finds only such waits for what becomes of them.
 */
final class ClaimSearches {
  /** Tickets the desk compares itself, when a query searches no texts. */
  private static final int DESK_PAGE = 64;

  /** Confirmations that may fail for want of the desk's time. */
  private static final int MAX_ROUNDS = 64;

  private final QueryWork work;
  private final DeskState state;
  private final IdempotencyCheck idempotency;
  private final BiConsumer<TicketId, ChangeRequest> onChosen;
  private final PendingClaims pending = new PendingClaims();

  /** Searches that follow events. */
  private final Set<PendingClaim> following = new LinkedHashSet<>();

  /** Tickets that claims are about to get. */
  private final Map<TicketId, PendingClaim> reserved = new HashMap<>();

  /** A page's way back from a worker. */
  private final class PageWork implements QueryWork.Task {
    private final PendingClaim claim;

    PageWork(PendingClaim claim) {
      this.claim = claim;
    }

    @Override
    public Requester owner() {
      return claim.requester();
    }

    @Override
    public FairLane.Job job() {
      return claim.job;
    }

    @Override
    public boolean isOver() {
      return claim.over;
    }

    @Override
    public void done(ClaimPage page) {
      if (!claim.over) {
        take(claim, page);
        wakeUp(claim);
      }
    }

    @Override
    public void failed() {
      if (!claim.over) {
        end(claim.request);
        idempotency.refuse(claim.request, DeskMessages.WORKERS_BUSY);
      }
    }
  }

  /**
   * @param onChosen queues the request on its ticket, whose queue has the choice confirmed
   */
  ClaimSearches(
      QueryWork work,
      DeskState state,
      IdempotencyCheck idempotency,
      BiConsumer<TicketId, ChangeRequest> onChosen) {
    this.work = work;
    this.state = state;
    this.idempotency = idempotency;
    this.onChosen = onChosen;
  }

  /** Searches a ticket for a claim, behind the other claims of its session. */
  void begin(ChangeRequest request, ClaimTicket message) {
    PendingClaim claim = new PendingClaim(request, message, work.time().now());
    PendingClaim earlier = pending.add(claim);
    if (earlier != null) {
      supersede(earlier);
    }
    if (pending.isNext(claim)) {
      following.add(claim);
      advance(claim);
    }
  }

  /**
   * An earlier attempt of the same operation, whose client is on another connection by now, must
   * not act after this one was refused: it searches no longer.
   */
  private void supersede(PendingClaim earlier) {
    earlier.superseded = true;
    if (earlier.chosen == null) {
      giveUp(earlier);
    }
  }

  private void giveUp(PendingClaim claim) {
    end(claim.request);
    if (claim.requester().isGone()) {
      idempotency.dropped();
    } else {
      idempotency.refuse(claim.request, DeskMessages.SUPERSEDED);
    }
  }

  /** Follows an event that the book has applied. */
  void deliver(Ticket after) {
    for (PendingClaim claim : following) {
      if (claim.search.note(after)) {
        wake(claim);
      }
    }
  }

  /** Lets a search continue that waits for a change, in a task of its own. */
  private void wake(PendingClaim claim) {
    if (!claim.working && claim.chosen == null) {
      claim.working = true;
      work.post(() -> wakeUp(claim));
    }
  }

  private void wakeUp(PendingClaim claim) {
    claim.working = false;
    advance(claim);
  }

  /**
   * Whether a claim that is next on its chosen ticket may have it: it is still the first match. If
   * not, the search continues, and the claim will be queued again.
   */
  boolean confirm(ChangeRequest request) {
    PendingClaim claim = pending.get(request);
    if (claim.superseded) {
      release(claim);
      wake(claim);
      return false;
    }
    if (following.contains(claim)) {
      if (claim.search.hasChanged()) {
        boolean now = work.hasCredit() || ++claim.rounds > MAX_ROUNDS;
        if (!look(claim, claim.search.changedPage(state.book()), now)) {
          release(claim);
          return false;
        }
      }
      Optional<TicketId> first = first(claim);
      if (first.isPresent() && first.get().equals(claim.chosen)) {
        following.remove(claim);
        leave(claim);
        return true;
      }
    } else {
      claim.search.restart();
      following.add(claim);
    }
    release(claim);
    wake(claim);
    return false;
  }

  /** The claim is answered; its reservation is over. */
  void end(ChangeRequest request) {
    PendingClaim claim = pending.remove(request);
    if (claim != null) {
      claim.over = true;
      following.remove(claim);
      release(claim);
      leave(claim);
    }
  }

  /** Drops the searches of a closed connection; a claim that is queued on its ticket stays. */
  void disconnected(Requester requester) {
    for (PendingClaim claim : pending.searching(requester)) {
      if (claim.chosen == null) {
        end(claim.request);
        idempotency.dropped();
      }
    }
  }

  private void advance(PendingClaim claim) {
    while (!claim.over && !claim.working && claim.chosen == null) {
      ClaimSearch search = claim.search;
      if (claim.requester().isGone() || claim.superseded) {
        giveUp(claim);
      } else if (search.hasChanged()) {
        look(claim, search.changedPage(state.book()), work.hasCredit());
      } else if (first(claim).isPresent() && search.isDecidable()) {
        choose(claim, first(claim).get());
      } else if (!search.isDecidable()) {
        boolean now = work.hasCredit() && !search.searchesTexts();
        int most = now ? DESK_PAGE : ClaimSearch.pageSize(following.size());
        look(claim, search.nextPage(state.claimable(), most, reserved::containsKey), now);
      } else if (search.isTruncated()) {
        search.restart();
      } else {
        if (!search.isContended()) {
          end(claim.request);
          idempotency.refuse(claim.request, TicketRules.nothingToClaim(claim.message));
        }
        return;
      }
    }
  }

  private Optional<TicketId> first(PendingClaim claim) {
    return claim.search.first(id -> isAnothers(id, claim));
  }

  private boolean isAnothers(TicketId ticket, PendingClaim claim) {
    return reserved.getOrDefault(ticket, claim) != claim;
  }

  private void choose(PendingClaim claim, TicketId ticket) {
    claim.chosen = ticket;
    reserved.put(ticket, claim);
    onChosen.accept(ticket, claim.request);
  }

  /** Its search is over: the next one of its session begins. */
  private void leave(PendingClaim claim) {
    PendingClaim next = pending.leave(claim);
    if (next != null && following.add(next)) {
      wake(next);
    }
  }

  /** Gives up a reservation: other searches look at the ticket again. */
  private void release(PendingClaim claim) {
    TicketId ticket = claim.chosen;
    claim.chosen = null;
    if (ticket == null || !reserved.remove(ticket, claim)) {
      return;
    }
    for (PendingClaim other : following) {
      if (other.search.released(ticket)) {
        wake(other);
      }
    }
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
    work.runLater(page, new PageWork(claim));
    return false;
  }

  private void take(PendingClaim claim, ClaimPage page) {
    claim.search.take(page, state.book(), id -> isAnothers(id, claim));
  }
}

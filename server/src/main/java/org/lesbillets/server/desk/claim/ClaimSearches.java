package org.lesbillets.server.desk.claim;

import java.util.Optional;
import java.util.function.BiConsumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.rules.Decision.Rejected;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.desk.claim.PendingClaims.PendingClaim;
import org.lesbillets.server.desk.queue.DeskState;
import org.lesbillets.server.desk.queue.LockHandover;
import org.lesbillets.server.desk.request.ChangeRequest;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.desk.request.IdempotencyCheck;
import org.lesbillets.server.desk.request.Requester;

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
public final class ClaimSearches implements ClaimOffers.Choices, SearchRunner.Ends {
  private final QueryWork work;
  private final DeskState state;
  private final LockHandover handover;
  private final IdempotencyCheck idempotency;
  private final BiConsumer<TicketId, ChangeRequest> onChosen;
  private final PendingClaims pending = new PendingClaims();
  private final ClaimQueue queue;
  private final SearchRunner runner;

  /**
   * @param onChosen queues the request on its ticket, whose queue has the choice confirmed
   */
  public ClaimSearches(
      QueryWork work,
      DeskState state,
      LockHandover handover,
      BiConsumer<TicketId, ChangeRequest> onChosen) {
    this.work = work;
    this.state = state;
    this.handover = handover;
    this.idempotency = handover.ends().idempotency();
    this.onChosen = onChosen;
    ClaimOffers.Context context = new ClaimOffers.Context(work, state, handover.probes());
    this.queue = new ClaimQueue(context, pending, this);
    this.runner = new SearchRunner(work, state, this);
  }

  /** The waiting claims. */
  public ClaimQueue queue() {
    return queue;
  }

  /** Searches a ticket for a claim, behind the other claims of its session. */
  public void begin(ChangeRequest request, ClaimTicket message) {
    PendingClaim claim = new PendingClaim(request, message, work.time().now());
    PendingClaim earlier = pending.add(claim);
    if (earlier != null) {
      supersede(earlier);
    }
    claim.noWait = request.waits() ? queue.orTooLarge(claim, handover.ends().refusal()) : null;
    if (request.waits() && claim.noWait == null) {
      queue.join(claim);
    }
    if (pending.isNext(claim)) {
      runner.follow(claim);
      runner.advance(claim);
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

  @Override
  public void giveUp(PendingClaim claim) {
    end(claim.request);
    if (claim.requester().isGone()) {
      idempotency.dropped();
    } else {
      idempotency.refuse(claim.request, DeskMessages.SUPERSEDED);
    }
  }

  /** Follows an event that the book has applied; a comment matters to terms about time only. */
  public void deliver(Ticket after, WireEvent event) {
    runner.note(after);
    if (!(event instanceof WireEvent.TicketCommented)) {
      PendingClaim taker = pending.taker(after.id());
      if (taker != null && taker.resting) {
        release(taker);
      }
      queue.deliver(after);
    }
  }

  /**
   * Whether a claim that is next on its chosen ticket may have it: it is still the first match. If
   * not, the search continues, and the claim will be queued again.
   */
  public boolean confirm(TicketId ticket, ChangeRequest request) {
    PendingClaim claim = pending.get(request);
    boolean chosen = claim != null && ticket.equals(claim.chosen);
    if (!chosen || claim.waits && claim.requester().isGone()) {
      return false;
    }
    if (claim.superseded) {
      giveUp(claim);
      return false;
    }
    if (claim.resting) {
      return take(claim);
    }
    if (claim.cancelled) {
      refuse(claim, DeskMessages.CLAIMED_IN_VAIN);
      return false;
    }
    if (runner.follows(claim)) {
      if (!runner.lookAtChanged(claim)) {
        release(claim);
        return false;
      }
      if (claim.chosen.equals(runner.first(claim).orElse(null))) {
        runner.leave(claim);
        leave(claim);
        return take(claim);
      }
    } else {
      restart(claim);
    }
    release(claim);
    runner.wake(claim);
    return false;
  }

  private boolean take(PendingClaim claim) {
    claim.confirmed = true;
    queue.taken(claim);
    return true;
  }

  /** The append conflicted. */
  private void restart(PendingClaim claim) {
    claim.confirmed = false;
    claim.search.restart();
    runner.follow(claim);
    claim.noWait = claim.place == null ? null : handover.ends().dismissal();
    if (claim.place != null && claim.noWait == null) {
      queue.rejoin(claim);
    }
  }

  /** The claim is answered; its reservation is over. */
  public void end(ChangeRequest request) {
    PendingClaim claim = pending.remove(request);
    if (claim != null) {
      claim.over = true;
      runner.leave(claim);
      release(claim);
      leave(claim);
      queue.leave(claim);
    }
  }

  /**
   * The later attempt of a claim that was granted, if it may be answered with its event: it is not
   * about to be, since no append of its own is under way.
   */
  public Optional<ChangeRequest> endRepeat(ChangeRequest granted) {
    PendingClaim last = pending.last(granted.operation());
    if (last == null || last.request == granted || last.confirmed) {
      return Optional.empty();
    }
    end(last.request);
    return Optional.of(last.request);
  }

  /** Drops the searches of a closed connection; a claim that is queued on its ticket stays. */
  public void disconnected(Requester requester) {
    for (PendingClaim claim : pending.of(requester)) {
      if (claim.chosen == null) {
        end(claim.request);
        idempotency.dropped();
      }
    }
  }

  @Override
  public boolean isAnothers(TicketId ticket, PendingClaim claim) {
    PendingClaim taker = pending.taker(ticket);
    return taker != null && taker != claim || queue.isOffered(ticket, claim);
  }

  @Override
  public void foundNothing(PendingClaim claim) {
    if (claim.waits) {
      runner.leave(claim);
      leave(claim);
      claim.search.restart();
      queue.rest(claim);
      idempotency.whileItWaits(claim.request, () -> claim.waits, () -> end(claim.request));
    } else {
      boolean mayNot = claim.noWait != null;
      refuse(claim, mayNot ? claim.noWait : TicketRules.nothingToClaim(claim.message));
    }
  }

  private void refuse(PendingClaim claim, Rejected why) {
    boolean written = endAttempt(claim.request);
    idempotency.refuse(claim.request, written ? DeskMessages.STILL_UNCERTAIN : why);
  }

  /**
   * As {@link #end}, of a claim that has got nothing.
   *
   * @return whether another attempt of its operation is being written, so that this one cannot be
   *     refused
   */
  public boolean endAttempt(ChangeRequest request) {
    PendingClaim claim = pending.get(request);
    boolean written = claim != null && pending.isBeingWritten(claim);
    end(request);
    return written;
  }

  @Override
  public void refused(PendingClaim claim) {
    refuse(claim, DeskMessages.WORKERS_BUSY);
  }

  @Override
  public void choose(PendingClaim claim, TicketId ticket) {
    pending.reserve(claim, ticket);
    onChosen.accept(ticket, claim.request);
  }

  /** Its search is over: the next one of its session begins. */
  private void leave(PendingClaim claim) {
    PendingClaim next = pending.leave(claim);
    if (next != null && runner.follow(next)) {
      runner.wake(next);
    }
  }

  /**
   * Gives up a reservation: waiters are offered the ticket, and other searches look at it again.
   */
  private void release(PendingClaim claim) {
    TicketId ticket = pending.release(claim);
    if (ticket != null) {
      queue.offer(ticket);
      vacated(ticket);
    }
  }

  @Override
  public void vacated(TicketId ticket) {
    runner.released(ticket);
  }

  @Override
  public void heldFor(PendingClaim claim, TicketId ticket) {
    runner.released(claim, ticket);
  }

  @Override
  public void missed(PendingClaim claim) {
    queue.missed(claim);
  }
}

package org.lesbillets.server.desk;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.rules.Decision;

/**
 * How waits for locks begin and end, other than by their turn. The desk's thread; bounded as the
 * {@linkplain LockWaitQueue lines} are.
 */
final class LockHandover {
  /** How many peers are pinged for one lock at a time. */
  private static final int MOST_ASKED = 64;

  private final TicketBook book;
  private final LeaseClock leases;
  private final LockWaitQueue waiting;
  private final Replies answers;
  private final IdempotencyCheck recall;
  private final PeerProbes probes;
  private final Consumer<Collection<TicketId>> onTurn;

  /** Free tickets on which a peer was asked, and has not answered yet. */
  private final Set<TicketId> undecided = new LinkedHashSet<>();

  private Decision.Rejected noMore;

  /**
   * @param onTurn is given tickets on which it may be a waiter's turn after all
   */
  LockHandover(
      TicketBook book,
      LeaseClock leases,
      ChangePipeline.Parts parts,
      Consumer<Collection<TicketId>> onTurn) {
    this.probes = parts.probes();
    this.onTurn = onTurn;
    this.book = book;
    this.leases = leases;
    this.waiting = parts.waiting();
    this.answers = parts.answers();
    this.recall = parts.recall();
  }

  /** Lets a request wait for a lock that is held, if anybody's turn will ever come. */
  void begin(TicketChangeQueue line, ChangeRequest request, ClientMessage.LockTicket lock) {
    Optional<LockWaitQueue.Waiter> called = line.called(request);
    if (noMore != null) {
      dismiss(request);
    } else if (called.isPresent()) {
      waiting.putBack(called.get());
    } else if (waiting.isFull()) {
      recall.orElse(
          request, () -> answers.rejected(request, RejectionCode.BUSY, DeskMessages.TOO_MANY_WAIT));
    } else {
      waiting.add(line.ticket(), request, lock.waiting());
      recall.whileItWaits(request, waiting::take);
    }
  }

  /**
   * The request whose turn it is when the ticket is free: the first whose peer is there. The others
   * keep their places. None as long as that is {@linkplain #isUndecided undecided}.
   */
  Optional<ChangeRequest> next(TicketChangeQueue line) {
    TicketId ticket = line.ticket();
    undecided.remove(ticket);
    boolean free = !book.find(ticket).map(Ticket::isLocked).orElse(true);
    Optional<LockWaitQueue.Waiter> first = free ? firstPresent(ticket) : Optional.empty();
    first.ifPresent(line::call);
    return first.map(LockWaitQueue.Waiter::request);
  }

  /** Those that have to be asked are asked at once, up to a bound. */
  private Optional<LockWaitQueue.Waiter> firstPresent(TicketId ticket) {
    int asked = 0;
    for (LockWaitQueue.Waiter waiter : waiting.line(ticket)) {
      PeerProbes.Presence presence = presence(waiter.request().requester());
      if (presence == PeerProbes.Presence.PRESENT && asked == 0) {
        waiting.take(waiter);
        return Optional.of(waiter);
      }
      asked += presence == PeerProbes.Presence.ASKED ? 1 : 0;
      if (presence == PeerProbes.Presence.PRESENT || asked == MOST_ASKED) {
        break;
      }
    }
    if (asked > 0) {
      undecided.add(ticket);
    }
    return Optional.empty();
  }

  /** A connection that is over is no peer to ask: its waits end by themselves. */
  private PeerProbes.Presence presence(Requester requester) {
    return requester.isGone()
        ? PeerProbes.Presence.PRESENT
        : probes.of(requester, () -> answered(requester));
  }

  private void answered(Requester requester) {
    Set<TicketId> tickets = new LinkedHashSet<>(undecided);
    tickets.addAll(waiting.ticketsOf(requester));
    onTurn.accept(tickets);
  }

  /** Whether it has to be seen first whether a peer further in front is there: a second at most. */
  boolean isUndecided(TicketId ticket) {
    return undecided.contains(ticket);
  }

  /** Goes on where a peer was asked, and its time to answer is over. */
  void skipAbsent() {
    if (probes.isAnyOver()) {
      onTurn.accept(List.copyOf(undecided));
    }
  }

  boolean isAnybodyWaiting(TicketId ticket) {
    return waiting.count(ticket) > 0;
  }

  /**
   * Answers requests for a lock that was granted, in the line or without it. Where no requester is
   * connected any more, the lock is released.
   *
   * <p>Whether one is has to be known before it is answered: it may close its connection as soon as
   * it has the answer.
   */
  void granted(ChangeRequest request, SequencedEvent event) {
    TicketId ticket = event.event().ticket().id();
    boolean present = !request.requester().isGone();
    answers.event(request, event, false);
    for (LockWaitQueue.Waiter again : waiting.takeRepeats(ticket, request)) {
      present |= !again.request().requester().isGone();
      answers.event(again.request(), event, true);
    }
    if (!present) {
      leases.giveUp(ticket, event.revision());
    }
  }

  /** Ends the waits whose time is over. */
  void endOverdue() {
    waiting.takeOverdue().forEach(waiter -> inVain(waiter.ticket(), waiter.request()));
  }

  /** Ends one wait its requester is tired of; whether there was one. */
  boolean cancel(Requester requester, String requestId) {
    Optional<LockWaitQueue.Waiter> waiter = waiting.take(requester, requestId);
    waiter.ifPresent(w -> inVain(w.ticket(), w.request()));
    return waiter.isPresent();
  }

  /** Tells a request that it waited in vain, unless it had its effect before. */
  void inVain(TicketId id, ChangeRequest request) {
    Ticket ticket = book.find(id).map(leases::withRemaining).orElseThrow();
    Decision.Rejected why =
        new Decision.Rejected(
            RejectionCode.TIMEOUT,
            DeskMessages.waitedInVain(ticket),
            RejectionDetails.lock(ticket.lock()));
    recall.orElse(request, () -> answers.rejected(request, why));
  }

  /** Somebody's connection is gone: they wait for nothing any more. */
  void left(Requester requester) {
    probes.left(requester);
    waiting.takeAll(requester).forEach(waiter -> answers.dropped());
    onTurn.accept(List.copyOf(undecided));
  }

  /** Nobody's turn will come any more: tells everybody who waits, and who would. */
  void dismissAll(Decision.Rejected why) {
    noMore = why;
    waiting.takeAll().forEach(waiter -> dismiss(waiter.request()));
  }

  private void dismiss(ChangeRequest request) {
    Decision.Rejected why = noMore;
    recall.orElse(request, () -> answers.rejected(request, why));
  }
}

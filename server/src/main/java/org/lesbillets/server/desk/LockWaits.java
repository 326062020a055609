package org.lesbillets.server.desk;

import java.util.Optional;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/**
 * How waits for locks begin and end, other than by their turn. The desk's thread; bounded as the
 * {@linkplain WaitingLines lines} are.
 */
final class LockWaits {
  private final TicketBook book;
  private final LeaseClock leases;
  private final WaitingLines waiting;
  private final Answers answers;
  private final Recall recall;
  private Decision.Rejected noMore;

  LockWaits(TicketBook book, LeaseClock leases, ChangeDesk.Parts parts) {
    this.book = book;
    this.leases = leases;
    this.waiting = parts.waiting();
    this.answers = parts.answers();
    this.recall = parts.recall();
  }

  /** Lets a request wait for a lock that is held, if anybody's turn will ever come. */
  void begin(TicketLine line, ChangeRequest request, ClientMessage.LockTicket lock) {
    Optional<WaitingLines.Waiter> called = line.called(request);
    if (noMore != null) {
      dismiss(request);
    } else if (called.isPresent()) {
      waiting.putBack(called.get());
    } else if (waiting.isFull()) {
      recall.orElse(
          request, () -> answers.rejected(request, RejectionCode.BUSY, Sentences.TOO_MANY_WAIT));
    } else {
      waiting.add(line.ticket(), request, lock.waiting());
      recall.whileItWaits(request, waiting::take);
    }
  }

  /** The waiter whose turn it is when the ticket is free. */
  Optional<WaitingLines.Waiter> next(TicketId ticket) {
    boolean free = !book.find(ticket).map(Ticket::isLocked).orElse(true);
    return free ? waiting.takeFirst(ticket) : Optional.empty();
  }

  boolean isAnybodyWaiting(TicketId ticket) {
    return waiting.count(ticket) > 0;
  }

  /**
   * A lock came to a request that would have waited for it. Whoever lost the connection they asked
   * by, and asked again by another, has it too; where nobody is there any more, it is given up.
   */
  void granted(ChangeRequest request, SequencedEvent event) {
    TicketId ticket = event.event().ticket().id();
    boolean heard = !request.requester().isGone();
    for (WaitingLines.Waiter again : waiting.takeRepeats(ticket, request)) {
      answers.event(again.request(), event, true);
      heard |= !again.request().requester().isGone();
    }
    if (!heard) {
      leases.giveUp(ticket, event.revision());
    }
  }

  /** Ends the waits whose time is over. */
  void endOverdue() {
    waiting.takeOverdue().forEach(waiter -> inVain(waiter.ticket(), waiter.request()));
  }

  /** Ends one wait its requester is tired of; whether there was one. */
  boolean cancel(Requester requester, String requestId) {
    Optional<WaitingLines.Waiter> waiter = waiting.take(requester, requestId);
    waiter.ifPresent(w -> inVain(w.ticket(), w.request()));
    return waiter.isPresent();
  }

  /** Tells a request that it waited in vain, unless it had its effect before. */
  void inVain(TicketId id, ChangeRequest request) {
    Ticket ticket = book.find(id).map(leases::told).orElseThrow();
    Decision.Rejected why =
        new Decision.Rejected(
            RejectionCode.TIMEOUT,
            Sentences.waitedInVain(ticket),
            RejectionDetails.lock(ticket.lock()));
    recall.orElse(request, () -> answers.rejected(request, why));
  }

  /** Somebody's connection is gone: they wait for nothing any more. */
  void left(Requester requester) {
    waiting.takeAll(requester).forEach(waiter -> answers.dropped());
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

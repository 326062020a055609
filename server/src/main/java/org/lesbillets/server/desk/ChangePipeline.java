package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.model.rules.LockRules;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.pubsub.EventChannel;

/**
 * Takes changes through: decide, append, apply, announce, answer. The desk's thread only; at most
 * one append in flight a ticket.
 */
final class ChangePipeline {
  private static final Duration EXPIRY_RETRY = Duration.ofMillis(200);

  private final TicketBook book;
  private final LeaseClock leases;
  private final Parts parts;
  private final ClaimChoice claims;
  private final LockHandover waits;
  private final Conclusion.Means means;
  private final EndedLocks lockEnds = new EndedLocks();
  private final Map<TicketId, TicketChangeQueue> lines = new HashMap<>();

  /**
   * @param ids gives new tickets their ids
   * @param policy who may break another's lock
   * @param turns runs a task on the desk's thread, in order
   */
  record Parts(
      Journal journal,
      EventChannel<Announcement> channel,
      TimeSource time,
      Supplier<UUID> ids,
      LockPolicy policy,
      Executor turns,
      Replies answers,
      IdempotencyCheck recall,
      DuplicateImportCheck known,
      LockWaitQueue waiting,
      PeerProbes probes) {}

  ChangePipeline(TicketBook book, LeaseClock leases, Parts parts) {
    this.book = book;
    this.leases = leases;
    this.parts = parts;
    this.claims = new ClaimChoice(book);
    this.waits = new LockHandover(book, leases, parts, this::advanceAll);
    this.means = new Conclusion.Means(waits, parts);
  }

  /** Puts a change into the line of its ticket, and goes on with that line. */
  void take(ChangeRequest request) {
    if (request.change() instanceof ClientMessage.TicketChange change) {
      List<Ticket> found = book.matches(change.ticket(), TicketRules.CANDIDATES);
      if (found.size() == 1) {
        enqueue(found.get(0).id(), request);
      } else {
        Decision.Rejected why = TicketRules.unresolved(change.ticket(), found);
        recallOr(request, () -> parts.answers().rejected(request, why));
      }
    } else if (request.change() instanceof ClientMessage.ClaimTicket claim) {
      claim(request, claim);
    } else {
      enqueue(request.newTicket(parts.ids()), request);
    }
  }

  /** By the time the claim's turn on a chosen ticket comes, another may be the one to claim. */
  private void claim(ChangeRequest request, ClientMessage.ClaimTicket claim) {
    claims
        .choose(request, claim, parts.time().now())
        .ifPresentOrElse(
            chosen -> enqueue(chosen, request),
            () -> recallOr(request, () -> parts.answers().nothingToClaim(request, claim)));
  }

  private void enqueue(TicketId ticket, ChangeRequest request) {
    TicketChangeQueue line = lines.computeIfAbsent(ticket, TicketChangeQueue::new);
    line.add(request);
    advance(line);
  }

  private void advance(TicketChangeQueue line) {
    while (!line.isHeld()) {
      if (leases.isOver(line.ticket()) && parts.journal().failure() == null) {
        appendEnd(line);
        return;
      }
      Optional<ChangeRequest> next = nextOn(line);
      if (next.isEmpty()) {
        if (!waits.isUndecided(line.ticket())) {
          lines.remove(line.ticket());
        }
        return;
      }
      decide(line, next.get());
    }
  }

  private void advanceAll(Collection<TicketId> tickets) {
    tickets.forEach(id -> advance(lines.computeIfAbsent(id, TicketChangeQueue::new)));
  }

  /** A waiter for the lock goes before all later requests, as soon as it is free. */
  private Optional<ChangeRequest> nextOn(TicketChangeQueue line) {
    return line.nextAgain()
        .or(() -> waits.next(line))
        .or(() -> waits.isUndecided(line.ticket()) ? Optional.empty() : line.next());
  }

  private void decide(TicketChangeQueue line, ChangeRequest request) {
    if (request.waits() && request.requester().isGone()) {
      parts.answers().dropped();
      return;
    }
    Ticket ticket = book.find(line.ticket()).map(leases::withRemaining).orElse(null);
    if (request.change() instanceof ClientMessage.ClaimTicket claim
        && !claims.choose(request, claim, parts.time().now()).equals(Optional.of(line.ticket()))) {
      claim(request, claim);
      return;
    }
    if (request.creates() && ticket != null) {
      recallOr(request, () -> parts.known().answer(request, ticket));
      return;
    }
    Decision decision = TicketRules.decide(request.change(), facts(line.ticket(), ticket, request));
    decision.accept(
        new Decision.Handler<Void>() {
          @Override
          public Void onAccepted(Decision.Accepted accepted) {
            append(line, request, ticket, accepted);
            return null;
          }

          @Override
          public Void onUnchanged(Decision.Unchanged unchanged) {
            recallOr(request, () -> parts.answers().unchanged(request, ticket, parts.time().now()));
            return null;
          }

          @Override
          public Void onRejected(Decision.Rejected rejected) {
            rejected(line, request, rejected);
            return null;
          }
        });
  }

  private void rejected(TicketChangeQueue line, ChangeRequest request, Decision.Rejected why) {
    if (why.code() == RejectionCode.LOCKED && request.waits()) {
      waits.begin(line, request, (ClientMessage.LockTicket) request.change());
    } else {
      recallOr(request, () -> parts.answers().rejected(request, why));
    }
  }

  private void recallOr(ChangeRequest request, Runnable otherwise) {
    parts.recall().orElse(request, otherwise);
  }

  private TicketRules.Case facts(TicketId id, Ticket ticket, ChangeRequest request) {
    Requester requester = request.requester();
    return new TicketRules.Case(
        id,
        ticket,
        requester.agent(),
        parts.policy().allows(requester.role()),
        token -> lockEnds.find(id, token),
        parts.time().now());
  }

  private void append(
      TicketChangeQueue line, ChangeRequest request, Ticket before, Decision.Accepted accepted) {
    line.appendBegins();
    long expected = before == null ? 0 : before.revision();
    parts
        .journal()
        .append(new Append(expected, request.operation(), accepted.event(), accepted.comments()))
        .thenAccept(outcome -> parts.turns().execute(() -> concluded(line, request, outcome)));
  }

  private void concluded(TicketChangeQueue line, ChangeRequest request, Outcome outcome) {
    outcome.accept(new Conclusion(line, request, book, means));
    advance(line);
  }

  private void appendEnd(TicketChangeQueue line) {
    Ticket ticket = leases.withRemaining(book.find(line.ticket()).orElseThrow());
    boolean givenUp = leases.isGivenUp(line.ticket());
    WireEvent end = LockRules.over(ticket, givenUp, parts.time().now());
    line.appendBegins();
    parts
        .journal()
        .append(new Append(ticket.revision(), null, end))
        .thenAccept(outcome -> parts.turns().execute(() -> endConcluded(line, outcome)));
  }

  private void endConcluded(TicketChangeQueue line, Outcome outcome) {
    line.appendEnds();
    if (leases.isOver(line.ticket()) && parts.journal().failure() == null) {
      leases.remind(line.ticket(), EXPIRY_RETRY);
    } else {
      advance(line);
    }
  }

  /**
   * Ends the leases that are over, and the waits: a ticket with an append in flight is looked at
   * after it.
   */
  void expireDue() {
    waits.endOverdue();
    waits.skipAbsent();
    for (Optional<TicketId> due = leases.nextOver(); due.isPresent(); due = leases.nextOver()) {
      advance(lines.computeIfAbsent(due.get(), TicketChangeQueue::new));
    }
  }

  /** Applies what the journal delivers, and announces it. */
  void deliver(SequencedEvent event) {
    TicketId id = event.event().ticket().id();
    Ticket before = book.find(id).map(leases::withRemaining).orElse(null);
    book.apply(event);
    Ticket after = book.find(id).orElseThrow();
    followLease(event.event(), after);
    SequencedEvent told = leases.withRemaining(event);
    parts.channel().publish(new Announcement.Happened(told, before, leases.withRemaining(after)));
    if (before != null && before.isLocked()) {
      lockEnds.note(event.event(), before.lock().token());
    }
    TicketChangeQueue line =
        waits.isAnybodyWaiting(id)
            ? lines.computeIfAbsent(id, TicketChangeQueue::new)
            : lines.get(id);
    if (line != null) {
      line.delivered(told);
      advance(line);
    }
  }

  private void followLease(WireEvent event, Ticket after) {
    if (after.lock() == null) {
      leases.end(after.id());
    } else if (event instanceof WireEvent.TicketLocked) {
      leases.start(after);
    }
  }

  /** Ends a wait that its requester is tired of; one that is over already is no mistake. */
  void cancelWait(Requester requester, ClientMessage.CancelWait message) {
    if (!waits.cancel(requester, message.waitRequestId())) {
      withdraw(requester, message.waitRequestId());
    }
    requester.answer(new ServerMessage.Pong(message.requestId(), book.revision()));
  }

  /** The request may still stand behind an append in flight. */
  private void withdraw(Requester requester, String requestId) {
    for (TicketChangeQueue line : lines.values()) {
      Optional<ChangeRequest> withdrawn = line.withdraw(requester, requestId);
      if (withdrawn.isPresent()) {
        waits.inVain(line.ticket(), withdrawn.get());
        return;
      }
    }
  }

  /** Somebody's connection is gone. */
  void left(Requester requester) {
    waits.left(requester);
  }

  /** Nobody's turn will come any more: tells everybody who waits, and who would. */
  void dismissWaiting(RejectionCode code, String sentence) {
    waits.dismissAll(new Decision.Rejected(code, sentence, RejectionDetails.NONE));
  }
}

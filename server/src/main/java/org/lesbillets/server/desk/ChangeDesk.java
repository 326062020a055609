package org.lesbillets.server.desk;

import java.time.Duration;
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
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.pubsub.EventChannel;

/**
 * Takes changes through: decide, append, apply, announce, answer. The desk's thread only; at most
 * one append in flight a ticket.
 */
final class ChangeDesk {
  private static final Duration EXPIRY_RETRY = Duration.ofMillis(200);

  private final TicketBook book;
  private final LeaseClock leases;
  private final Parts parts;
  private final ClaimChoice claims;
  private final LockEnds lockEnds = new LockEnds();
  private final Map<TicketId, TicketLine> lines = new HashMap<>();

  /**
   * What the desk works with.
   *
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
      Answers answers,
      Recall recall,
      WaitingLines waiting) {}

  ChangeDesk(TicketBook book, LeaseClock leases, Parts parts) {
    this.book = book;
    this.leases = leases;
    this.parts = parts;
    this.claims = new ClaimChoice(book);
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

  /** A chosen ticket may be taken before the claim's turn on it comes: then it chooses again. */
  private void claim(ChangeRequest request, ClientMessage.ClaimTicket claim) {
    QueryContext context = new QueryContext(request.requester().agent(), parts.time().now());
    claims
        .choose(claim, context)
        .ifPresentOrElse(
            chosen -> enqueue(chosen.id(), request),
            () -> recallOr(request, () -> parts.answers().nothingToClaim(request, claim)));
  }

  private void enqueue(TicketId ticket, ChangeRequest request) {
    TicketLine line = lines.computeIfAbsent(ticket, TicketLine::new);
    line.add(request);
    advance(line);
  }

  private void advance(TicketLine line) {
    while (!line.isHeld()) {
      if (leases.isOver(line.ticket()) && parts.journal().failure() == null) {
        appendExpiry(line);
        return;
      }
      Optional<ChangeRequest> next = nextOn(line);
      if (next.isEmpty()) {
        lines.remove(line.ticket());
        return;
      }
      decide(line, next.get());
    }
  }

  /** Whoever waits for the lock goes before everything else as soon as it is free. */
  private Optional<ChangeRequest> nextOn(TicketLine line) {
    boolean free = !book.find(line.ticket()).map(Ticket::isLocked).orElse(true);
    Optional<ChangeRequest> first =
        free ? parts.waiting().takeFirst(line.ticket()) : Optional.empty();
    return first.or(line::next);
  }

  private void decide(TicketLine line, ChangeRequest request) {
    Ticket ticket = book.find(line.ticket()).map(leases::told).orElse(null);
    if (request.change() instanceof ClientMessage.ClaimTicket claim
        && !ClaimChoice.isFree(ticket)) {
      claim(request, claim);
      return;
    }
    if (request.creates() && ticket != null) {
      recallOr(request, () -> parts.answers().rejected(request, Recall.usedElsewhere()));
      return;
    }
    Decision decision = TicketRules.decide(request.change(), facts(line.ticket(), ticket, request));
    decision.accept(
        new Decision.Handler<Void>() {
          @Override
          public Void onAccepted(Decision.Accepted accepted) {
            append(line, request, ticket, accepted.event());
            return null;
          }

          @Override
          public Void onUnchanged(Decision.Unchanged unchanged) {
            recallOr(request, () -> answerUnchanged(request, ticket));
            return null;
          }

          @Override
          public Void onRejected(Decision.Rejected rejected) {
            rejected(line, request, rejected);
            return null;
          }
        });
  }

  private void rejected(TicketLine line, ChangeRequest request, Decision.Rejected why) {
    LockWait patience =
        request.change() instanceof ClientMessage.LockTicket lock ? lock.waiting() : null;
    if (patience != null && why.code() == RejectionCode.LOCKED) {
      parts.waiting().add(line.ticket(), request, patience);
      parts.recall().whileItWaits(request, this::noLongerWaits);
    } else {
      recallOr(request, () -> parts.answers().rejected(request, why));
    }
  }

  /** Takes a request out of the line it waits in, if it still does. */
  private boolean noLongerWaits(ChangeRequest request) {
    return parts.waiting().take(request.requester(), request.change().requestId()).isPresent();
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

  private void append(TicketLine line, ChangeRequest request, Ticket before, WireEvent event) {
    line.appendBegins();
    long expected = before == null ? 0 : before.revision();
    parts
        .journal()
        .append(new Append(expected, request.operation(), event))
        .thenAccept(outcome -> parts.turns().execute(() -> concluded(line, request, outcome)));
  }

  private void concluded(TicketLine line, ChangeRequest request, Outcome outcome) {
    outcome.accept(new Conclusion(line, request, book, parts));
    advance(line);
  }

  private void appendExpiry(TicketLine line) {
    Ticket ticket = leases.told(book.find(line.ticket()).orElseThrow());
    WireEvent expired = LockRules.expired(ticket, parts.time().now());
    line.appendBegins();
    parts
        .journal()
        .append(new Append(ticket.revision(), null, expired))
        .thenAccept(outcome -> parts.turns().execute(() -> expiryConcluded(line, outcome)));
  }

  private void expiryConcluded(TicketLine line, Outcome outcome) {
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
    parts.waiting().takeOverdue().forEach(this::waitedInVain);
    for (Optional<TicketId> due = leases.nextOver(); due.isPresent(); due = leases.nextOver()) {
      advance(lines.computeIfAbsent(due.get(), TicketLine::new));
    }
  }

  /** Applies what the journal delivers, and announces it. */
  void deliver(SequencedEvent event) {
    TicketId id = event.event().ticket().id();
    Ticket before = book.find(id).map(leases::told).orElse(null);
    book.apply(event);
    Ticket after = book.find(id).orElseThrow();
    followLease(event.event(), after);
    SequencedEvent told = leases.told(event);
    parts.channel().publish(new Announcement.Happened(told, before, leases.told(after)));
    if (before != null && before.isLocked()) {
      lockEnds.note(event.event(), before.lock().token());
    }
    TicketLine line =
        parts.waiting().count(id) > 0 ? lines.computeIfAbsent(id, TicketLine::new) : lines.get(id);
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
    parts.waiting().take(requester, message.waitRequestId()).ifPresent(this::waitedInVain);
    requester.answer(new ServerMessage.Pong(message.requestId(), book.revision()));
  }

  private void waitedInVain(ChangeRequest request) {
    ClientMessage.LockTicket lock = (ClientMessage.LockTicket) request.change();
    Ticket ticket = book.matches(lock.ticket(), 1).get(0);
    parts
        .answers()
        .rejected(
            request,
            new Decision.Rejected(
                RejectionCode.TIMEOUT,
                Sentences.waitedInVain(ticket),
                RejectionDetails.lock(leases.told(ticket).lock())));
  }

  /** Somebody's connection is gone: they wait for nothing any more. */
  void left(Requester requester) {
    parts.waiting().takeAll(requester).forEach(request -> parts.answers().dropped());
  }

  /** Nobody's turn will come: tells everybody who waits. */
  void dismissWaiting(RejectionCode code, String sentence) {
    parts.waiting().takeAll().forEach(request -> parts.answers().rejected(request, code, sentence));
  }

  private void answerUnchanged(ChangeRequest request, Ticket ticket) {
    WireEvent nothing =
        new WireEvent.TicketUpdated(
            parts.time().now(), request.requester().agent(), ticket, List.of(), false);
    parts
        .answers()
        .event(request, new SequencedEvent(ticket.revision(), ticket.revision(), nothing), false);
  }
}

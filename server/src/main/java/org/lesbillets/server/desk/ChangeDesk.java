package org.lesbillets.server.desk;

import java.nio.charset.StandardCharsets;
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
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Journal;
import org.lesbillets.server.journal.Operation;
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
  private final Map<TicketId, TicketLine> lines = new HashMap<>();

  /**
   * What the desk works with.
   *
   * @param ids gives new tickets their ids
   * @param turns runs a task on the desk's thread, in order
   */
  record Parts(
      Journal journal,
      EventChannel<Announcement> channel,
      TimeSource time,
      Supplier<UUID> ids,
      Executor turns,
      Answers answers,
      Recall recall) {}

  ChangeDesk(TicketBook book, LeaseClock leases, Parts parts) {
    this.book = book;
    this.leases = leases;
    this.parts = parts;
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
    } else {
      enqueue(newId(request), request);
    }
  }

  private void enqueue(TicketId ticket, ChangeRequest request) {
    TicketLine line = lines.computeIfAbsent(ticket, TicketLine::new);
    line.add(request);
    advance(line);
  }

  /** A create that is asked for twice is a create of the same ticket. */
  private TicketId newId(ChangeRequest request) {
    Operation operation = request.operation();
    if (operation == null) {
      return new TicketId(parts.ids().get());
    }
    String name = operation.agent() + "/" + operation.id();
    return new TicketId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
  }

  private void advance(TicketLine line) {
    while (!line.isHeld()) {
      if (leases.isOver(line.ticket()) && parts.journal().failure() == null) {
        appendExpiry(line);
        return;
      }
      Optional<ChangeRequest> next = line.next();
      if (next.isEmpty()) {
        lines.remove(line.ticket());
        return;
      }
      decide(line, next.get());
    }
  }

  private void decide(TicketLine line, ChangeRequest request) {
    Ticket ticket = book.find(line.ticket()).map(leases::told).orElse(null);
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
            recallOr(request, () -> parts.answers().rejected(request, rejected));
            return null;
          }
        });
  }

  private void recallOr(ChangeRequest request, Runnable otherwise) {
    parts.recall().orElse(request, otherwise);
  }

  private TicketRules.Case facts(TicketId id, Ticket ticket, ChangeRequest request) {
    return new TicketRules.Case(id, ticket, request.requester().agent(), parts.time().now());
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
    outcome.accept(new Conclusion(line, request));
    advance(line);
  }

  /** What an outcome means for the one who asked. */
  private final class Conclusion implements Outcome.Handler<Void> {
    private final TicketLine line;
    private final ChangeRequest request;

    Conclusion(TicketLine line, ChangeRequest request) {
      this.line = line;
      this.request = request;
    }

    @Override
    public Void onAppended(Outcome.Appended outcome) {
      SequencedEvent event =
          line.appendEnds(outcome.revision())
              .orElseThrow(() -> new IllegalStateException("undelivered: " + outcome));
      parts.recall().settle(request);
      parts.answers().event(request, event, false);
      return null;
    }

    @Override
    public Void onRepeated(Outcome.Repeated outcome) {
      line.appendEnds();
      parts.recall().repeat(request, outcome.recorded());
      return null;
    }

    @Override
    public Void onConflict(Outcome.Conflict outcome) {
      line.appendEnds();
      line.again(request, book.revision() < outcome.current() ? outcome.current() : 0);
      return null;
    }

    @Override
    public Void onBusy(Outcome.Busy outcome) {
      return refused(RejectionCode.BUSY, "The journal has too much to write: try again.");
    }

    @Override
    public Void onReadOnly(Outcome.ReadOnly outcome) {
      line.appendEnds();
      recallOr(
          request,
          () ->
              parts
                  .answers()
                  .rejected(
                      request, RejectionCode.READ_ONLY, Sentences.readOnly(outcome.reason())));
      return null;
    }

    @Override
    public Void onUnknown(Outcome.Unknown outcome) {
      parts.recall().doubt(request);
      return refused(
          RejectionCode.UNCERTAIN,
          Sentences.uncertain(outcome.reason(), request.operation() != null));
    }

    private Void refused(RejectionCode code, String sentence) {
      line.appendEnds();
      parts.answers().rejected(request, code, sentence);
      return null;
    }
  }

  private void appendExpiry(TicketLine line) {
    Ticket ticket = leases.told(book.find(line.ticket()).orElseThrow());
    TicketRules.Case facts = new TicketRules.Case(line.ticket(), ticket, null, parts.time().now());
    line.appendBegins();
    parts
        .journal()
        .append(new Append(ticket.revision(), null, ChangeRules.expired(facts)))
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

  /** Ends the leases that are over; a ticket with an append in flight is looked at after it. */
  void expireDue() {
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
    TicketLine line = lines.get(id);
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

  private void answerUnchanged(ChangeRequest request, Ticket ticket) {
    WireEvent nothing =
        new WireEvent.TicketUpdated(
            parts.time().now(), request.requester().agent(), ticket, List.of(), false);
    parts
        .answers()
        .event(request, new SequencedEvent(ticket.revision(), ticket.revision(), nothing), false);
  }
}

package org.lesbillets.cli.tui.update;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.lesbillets.cli.tui.state.list.TicketFilterer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.message.ClientMessage.CreateTicket;
import org.lesbillets.model.message.ClientMessage.TicketChange;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.query.QueryContext;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.KeyFacts;
import org.lesbillets.model.rules.TicketRules;

/**
 * A server in a nutshell: decides as the real one does, as far as the live view can tell. Knows no
 * connection, no time but what it is told, and one thread.
 */
final class TinyDesk {
  /** A change that is not made. */
  static final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;
    final RejectionCode code;

    Refusal(RejectionCode code, String sentence) {
      super(sentence);
      this.code = code;
    }
  }

  final TicketBook book = new TicketBook();
  Instant now;
  private long revision;

  TinyDesk(Instant now, Ticket... tickets) {
    this.now = now;
    for (Ticket ticket : tickets) {
      book.put(ticket);
      revision = Math.max(revision, ticket.revision());
    }
  }

  long revision() {
    return revision;
  }

  Ticket ticket(long number) {
    return book.findByNumber(number).orElseThrow();
  }

  /** What becomes of a change. */
  SequencedEvent decide(AgentName by, Change change) throws Refusal {
    Ticket ticket = subject(by, change);
    TicketId id = ticket == null ? nextId() : ticket.id();
    Decision decision =
        TicketRules.decide(
            change,
            new TicketRules.Case(
                id, ticket, by, true, token -> Optional.empty(), KeyFacts.NONE, now));
    if (decision instanceof Decision.Rejected no) {
      throw new Refusal(no.code(), sentence(no, ticket));
    }
    if (decision instanceof Decision.Accepted accepted) {
      return took(kept(accepted.event()));
    }
    Ticket unchanged = told(ticket.withUpdated(new Stamp(now, by)));
    return took(new WireEvent.TicketUpdated(now, by, unchanged, List.of(), false));
  }

  private Ticket subject(AgentName by, Change change) throws Refusal {
    if (change instanceof CreateTicket) {
      return null;
    }
    if (change instanceof ClaimTicket claim) {
      QueryContext context = TicketFilterer.context(by, now);
      return book.stream()
          .filter(Ticket::isClaimable)
          .filter(ticket -> claim.query() == null || claim.query().matches(ticket, context))
          .min((claim.order() == null ? TicketOrder.MOST_URGENT : claim.order()).comparator())
          .orElseThrow(
              () -> new Refusal(RejectionCode.NOT_FOUND, "No free ticket matches: look later."));
    }
    List<Ticket> found = book.matches(((TicketChange) change).ticket(), 2);
    if (found.size() != 1) {
      throw new Refusal(RejectionCode.NOT_FOUND, "There is no such ticket.");
    }
    return found.get(0);
  }

  private TicketId nextId() {
    return new TicketId(new UUID(0x1000_0000_0000_4000L, 0x8000_0000_0000_0001L + book.size()));
  }

  /** Short, so that tests can say what is shown. */
  private static String sentence(Decision.Rejected no, Ticket ticket) {
    return switch (no.code()) {
      case LOCKED ->
          "#" + ticket.number() + " is locked by " + ticket.lock().holder() + ": wait for it.";
      case STALE_TOKEN -> "That lock is over already.";
      case STALE_REVISION -> "It was changed meanwhile: look at it.";
      default -> no.message();
    };
  }

  /** The event as a journal keeps it. */
  private WireEvent kept(WireEvent event) {
    Ticket ticket = event.ticket();
    if (event instanceof WireEvent.TicketCreated) {
      return event.withTicket(ticket.withNumber(book.size() + 1L));
    }
    return event.changesContent() ? event : event.withTicket(told(ticket));
  }

  private static Ticket told(Ticket ticket) {
    return ticket.withContent(ticket.content().withDescription(null));
  }

  private SequencedEvent took(WireEvent event) {
    long before = revision;
    revision += 1 + revision % 3;
    SequencedEvent taken = new SequencedEvent(revision, before, event.sealed(revision));
    book.apply(taken);
    return taken;
  }

  /** The end of a lock whose time is over. */
  Optional<SequencedEvent> expire(long number) {
    Ticket ticket = ticket(number);
    return ticket.isLocked()
        ? Optional.of(took(kept(TicketRules.leaseOver(ticket, false, now))))
        : Optional.empty();
  }

  /** All tickets, for a snapshot. */
  List<Ticket> tickets() {
    return new ArrayList<>(book.tickets());
  }
}

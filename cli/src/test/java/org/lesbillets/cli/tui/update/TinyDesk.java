package org.lesbillets.cli.tui.update;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.ClientMessage.CreateTicket;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.TicketChange;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.query.TicketOrder;

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
    if (change instanceof CreateTicket create) {
      return took(created(by, create));
    }
    if (change instanceof ClaimTicket claim) {
      return took(claimed(by, claim));
    }
    List<Ticket> found = book.matches(((TicketChange) change).ticket(), 2);
    if (found.size() != 1) {
      throw new Refusal(RejectionCode.NOT_FOUND, "There is no such ticket.");
    }
    return took(changed(by, found.get(0), change));
  }

  private SequencedEvent took(WireEvent event) {
    long before = revision;
    revision += 1 + revision % 3;
    SequencedEvent taken = new SequencedEvent(revision, before, event.sealed(revision));
    book.apply(taken);
    return taken;
  }

  private WireEvent changed(AgentName by, Ticket ticket, Change change) throws Refusal {
    if (change instanceof LockTicket lock) {
      return locked(by, ticket, lock);
    }
    if (change instanceof UnlockTicket unlock) {
      return unlocked(by, ticket, unlock);
    }
    if (change instanceof CommentTicket comment) {
      Comment said = new Comment(Comment.SELF, now, by, comment.text());
      Ticket after = ticket.withCommentCount(ticket.commentCount() + 1);
      return new WireEvent.TicketCommented(now, by, told(after), said);
    }
    return updated(by, ticket, (UpdateTicket) change);
  }

  private static Ticket told(Ticket ticket) {
    return ticket.withContent(ticket.content().withDescription(null));
  }

  private WireEvent created(AgentName by, CreateTicket create) {
    long number = book.size() + 1L;
    TicketId id = new TicketId(new UUID(0x1000_0000_0000_4000L, 0x8000_0000_0000_0000L + number));
    Stamp stamp = new Stamp(now, by);
    TicketContent content = create.content();
    return new WireEvent.TicketCreated(
        now, by, new Ticket(id, number, content, stamp, stamp, 0, 0, 0, null), false);
  }

  private WireEvent claimed(AgentName by, ClaimTicket claim) throws Refusal {
    Comparator<Ticket> order =
        claim.order() == null ? TicketOrder.MOST_URGENT.comparator() : claim.order().comparator();
    Stream<Ticket> free = book.stream().filter(Ticket::isOpen).filter(one -> !one.isLocked());
    Optional<Ticket> first =
        free.filter(one -> one.content().assignee() == null)
            .filter(one -> claim.query().matches(one, TicketFilterer.context(by, now)))
            .min(order);
    Ticket ticket =
        first.orElseThrow(
            () -> new Refusal(RejectionCode.NOT_FOUND, "No free ticket matches: look later."));
    Ticket mine = ticket.withContent(ticket.content().withAssignee(by));
    return new WireEvent.TicketLocked(
        now, by, told(mine.withLock(lock(by, claim.terms()))), false, true, null, null);
  }

  private TicketLock lock(AgentName by, LockTerms terms) {
    Duration ttl = terms.ttl() == null ? Duration.ofMinutes(15) : terms.ttl();
    return new TicketLock(by, TicketLock.SELF, now, ttl, ttl, terms.note(), terms.client(), 0);
  }

  private static boolean isHeldByAnother(AgentName by, Ticket ticket) {
    return ticket.isLocked() && !ticket.lock().holder().equals(by);
  }

  private static Refusal lockedBy(Ticket ticket) {
    return new Refusal(
        RejectionCode.LOCKED,
        "#" + ticket.number() + " is locked by " + ticket.lock().holder() + ": wait for it.");
  }

  private static void needsToken(AgentName by, Ticket ticket, Long token) throws Refusal {
    boolean held = ticket.isLocked() && ticket.lock().token() == (token == null ? 0 : token);
    if (token != null && (!held || isHeldByAnother(by, ticket))) {
      throw new Refusal(RejectionCode.STALE_TOKEN, "The lock with token " + token + " is lost.");
    }
  }

  private WireEvent locked(AgentName by, Ticket ticket, LockTicket lock) throws Refusal {
    needsToken(by, ticket, lock.token());
    if (lock.token() != null) {
      return new WireEvent.TicketLocked(now, by, told(ticket), true, false, null, null);
    }
    Ticket mine = told(ticket.withLock(lock(by, lock.terms())));
    if (!ticket.isLocked()) {
      return new WireEvent.TicketLocked(now, by, mine, false, false, null, null);
    }
    if (lock.steal() == null) {
      throw lockedBy(ticket);
    }
    needsBreak(by, ticket, lock.steal().token(), lock.steal().reason());
    return new WireEvent.TicketLocked(
        now, by, mine, false, false, ticket.lock().holder(), lock.steal().reason());
  }

  private static void needsBreak(AgentName by, Ticket ticket, long token, String reason)
      throws Refusal {
    if (ticket.lock().token() != token) {
      throw new Refusal(RejectionCode.STALE_TOKEN, "That lock is over already.");
    }
    if (isHeldByAnother(by, ticket) && (reason == null || reason.isBlank())) {
      throw new Refusal(RejectionCode.INVALID, "Give a reason.");
    }
  }

  private WireEvent unlocked(AgentName by, Ticket ticket, UnlockTicket unlock) throws Refusal {
    needsToken(by, ticket, unlock.token());
    if (!ticket.isLocked()) {
      throw new Refusal(RejectionCode.NOT_LOCKED, "Nobody holds the lock.");
    }
    Ticket free = told(ticket.withLock(null));
    if (unlock.force() != null) {
      needsBreak(by, ticket, unlock.force().token(), unlock.force().reason());
      return new WireEvent.TicketUnlocked(
          now, by, free, UnlockReason.FORCED, unlock.force().reason(), ticket.lock());
    }
    if (isHeldByAnother(by, ticket)) {
      throw lockedBy(ticket);
    }
    return new WireEvent.TicketUnlocked(now, by, free, UnlockReason.RELEASED, null, ticket.lock());
  }

  /** The end of a lock whose time is over. */
  Optional<SequencedEvent> expire(long number) {
    Ticket ticket = ticket(number);
    return ticket.isLocked()
        ? Optional.of(
            took(
                new WireEvent.TicketUnlocked(
                    now,
                    null,
                    told(ticket.withLock(null)),
                    UnlockReason.EXPIRED,
                    null,
                    ticket.lock())))
        : Optional.empty();
  }

  private WireEvent updated(AgentName by, Ticket ticket, UpdateTicket update) throws Refusal {
    needsToken(by, ticket, update.token());
    boolean needsLock = !update.changes().needsNoLock() || update.unlock();
    if (needsLock && isHeldByAnother(by, ticket)) {
      throw lockedBy(ticket);
    }
    if (update.ifRevision() != null && ticket.changedRevision() > update.ifRevision()) {
      throw new Refusal(RejectionCode.STALE_REVISION, "It was changed meanwhile: look at it.");
    }
    TicketContent content = ticket.content().patched(update.changes());
    boolean closes = ticket.isOpen() && !ticket.withContent(content).isOpen();
    boolean unlocks =
        ticket.isLocked() && !isHeldByAnother(by, ticket) && (update.unlock() || closes);
    Ticket after = ticket.withContent(content).withUpdated(new Stamp(now, by));
    return new WireEvent.TicketUpdated(
        now,
        by,
        unlocks ? after.withLock(null) : after,
        content.changesSince(ticket.content()),
        unlocks);
  }

  /** All tickets, for a snapshot. */
  List<Ticket> tickets() {
    return new ArrayList<>(book.tickets());
  }
}

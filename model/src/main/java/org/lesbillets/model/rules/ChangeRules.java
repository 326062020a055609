package org.lesbillets.model.rules;

import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/** The effect of each change on its ticket, or its refusal. Pure; made for one decision. */
final class ChangeRules implements ClientMessage.ChangeVisitor<Decision> {
  private final TicketRules.Case facts;
  private final Ticket ticket;
  private final LockRules locks;

  ChangeRules(TicketRules.Case facts) {
    this.facts = facts;
    this.ticket = facts.ticket();
    this.locks = new LockRules(facts);
  }

  @Override
  public Decision onCreateTicket(ClientMessage.CreateTicket message) {
    Stamp stamp = stamp();
    Ticket created = new Ticket(facts.id(), 0, message.content(), stamp, stamp, 0, 0, 0, null);
    return new Decision.Accepted(
        new WireEvent.TicketCreated(facts.now(), facts.agent(), created, false));
  }

  @Override
  public Decision onUpdateTicket(ClientMessage.UpdateTicket message) {
    if (message.token() != null && !locks.heldUnder(message.token())) {
      return locks.notHeldUnder(message.token());
    }
    boolean needsLock = !message.changes().needsNoLock() || message.unlock();
    if (needsLock && locks.heldByAnother()) {
      return locks.refusedAsLocked();
    }
    if (message.ifRevision() != null && ticket.changedRevision() > message.ifRevision()) {
      return new Decision.Rejected(
          RejectionCode.STALE_REVISION,
          RefusalMessages.staleRevision(ticket, message.ifRevision()));
    }
    return updated(message);
  }

  private Decision updated(ClientMessage.UpdateTicket message) {
    Ticket patched = ticket.patched(message.changes()).sleepingOnlyIfFuture(facts.now());
    Decision.Rejected keyTaken = keyTaken(patched);
    if (keyTaken != null) {
      return keyTaken;
    }
    if (patched.content().tags().size() > WireLimits.TAGS) {
      return new Decision.Rejected(
          RejectionCode.INVALID,
          RefusalMessages.tooManyTags(ticket, WireLimits.TAGS),
          RejectionDetails.limit("addTags", WireLimits.TAGS));
    }
    List<FieldChange> changes = patched.content().changesSince(ticket.content());
    boolean closes = changes.stream().anyMatch(ChangeRules::closes);
    boolean unlocks = ticket.isLocked() && !locks.heldByAnother() && (message.unlock() || closes);
    if (changes.isEmpty() && !unlocks) {
      return new Decision.Unchanged();
    }
    Ticket after = patched.withUpdated(stamp()).withLock(unlocks ? null : lockAfter(changes));
    return new Decision.Accepted(
        new WireEvent.TicketUpdated(facts.now(), facts.agent(), after, changes, unlocks));
  }

  /** The refusal to open a ticket whose key another open ticket has, or null. */
  private Decision.Rejected keyTaken(Ticket after) {
    if (!after.ownsKey()) {
      return null;
    }
    return facts
        .keys()
        .open(after.content().key())
        .filter(other -> !other.id().equals(after.id()))
        .map(
            other ->
                new Decision.Rejected(
                    RejectionCode.INVALID,
                    RefusalMessages.keyTaken(other),
                    RejectionDetails.candidates("status", List.of(other))))
        .orElse(null);
  }

  /** A claim whose holder assigns the ticket to another agent no longer returns to the pool. */
  private TicketLock lockAfter(List<FieldChange> changes) {
    TicketLock lock = ticket.lock();
    boolean reassigned =
        changes.stream().anyMatch(change -> change.field() == TicketField.ASSIGNEE);
    return lock != null && reassigned && lock.kind().returns()
        ? lock.withKind(LockKind.CLAIM)
        : lock;
  }

  private static boolean closes(FieldChange change) {
    return change instanceof FieldChange.Replaced replaced
        && replaced.field() == TicketField.STATUS
        && TicketStatus.CLOSED.wireName().equals(replaced.to());
  }

  @Override
  public Decision onCommentTicket(ClientMessage.CommentTicket message) {
    Ticket after = ticket.withCommentCount(ticket.commentCount() + 1).withUpdated(stamp());
    Comment comment = comment(after, message.text());
    return new Decision.Accepted(
        new WireEvent.TicketCommented(facts.now(), facts.agent(), after, comment));
  }

  @Override
  public Decision onRaiseTicket(ClientMessage.RaiseTicket message) {
    if (ticket == null) {
      return raisedFirst(message);
    }
    if (!ticket.isOpen() && locks.heldByAnother()) {
      return locks.refusedAsLocked();
    }
    Ticket raised =
        ticket.raisedAgain().patched(TicketPatch.of(TicketField.STATUS, TicketStatus.OPEN));
    boolean comments = message.text() != null && !facts.keys().isNewestComment(message.text());
    Ticket after = raised.withCommentCount(ticket.commentCount() + (comments ? 1 : 0));
    return new Decision.Accepted(
        new WireEvent.TicketUpdated(
            facts.now(),
            facts.agent(),
            after.withUpdated(stamp()),
            after.content().changesSince(ticket.content()),
            false,
            comments ? comment(after, message.text()) : null));
  }

  private Decision raisedFirst(ClientMessage.RaiseTicket message) {
    TicketContent content =
        message.content().with(TicketField.KEY, message.key()).with(TicketField.RAISED, 1L);
    Stamp stamp = stamp();
    long comments = message.text() == null ? 0 : 1;
    Ticket created = new Ticket(facts.id(), 0, content, stamp, stamp, 0, 0, comments, null);
    return new Decision.Accepted(
        new WireEvent.TicketCreated(facts.now(), facts.agent(), created, false),
        comments == 0 ? List.of() : List.of(comment(created, message.text())));
  }

  /** The last comment of the ticket after the event. */
  private Comment comment(Ticket after, String text) {
    return new Comment(after.commentCount(), facts.now(), facts.agent(), text);
  }

  @Override
  public Decision onImportTicket(ClientMessage.ImportTicket message) {
    Ticket imported =
        message.ticket().withRevision(0, 0).withLock(null).sleepingOnlyIfFuture(facts.now());
    Decision.Rejected keyTaken = keyTaken(imported);
    if (keyTaken != null) {
      return keyTaken;
    }
    return new Decision.Accepted(
        new WireEvent.TicketCreated(facts.now(), facts.agent(), imported, true),
        Comment.numbered(message.comments()));
  }

  @Override
  public Decision onImportComment(ClientMessage.ImportComment message) {
    if (ticket.commentCount() != message.place()) {
      return new Decision.Rejected(
          RejectionCode.STALE_REVISION, RefusalMessages.otherPlace(ticket, message.place()));
    }
    Ticket after = ticket.withCommentCount(ticket.commentCount() + 1);
    Comment comment = message.comment().withId(after.commentCount());
    return new Decision.Accepted(
        new WireEvent.TicketCommented(facts.now(), facts.agent(), after, comment));
  }

  /** No lock is in its way, since a text that must go cannot wait for its holder. */
  @Override
  public Decision onRedactTicket(ClientMessage.RedactTicket message) {
    return new Decision.Accepted(
        new WireEvent.TicketRedacted(
            facts.now(),
            facts.agent(),
            message.what().of(ticket),
            message.what(),
            message.reason()));
  }

  @Override
  public Decision onLockTicket(ClientMessage.LockTicket message) {
    return locks.lock(message);
  }

  @Override
  public Decision onClaimTicket(ClientMessage.ClaimTicket message) {
    return locks.claim(message);
  }

  @Override
  public Decision onUnlockTicket(ClientMessage.UnlockTicket message) {
    return locks.unlock(message);
  }

  private Stamp stamp() {
    return new Stamp(facts.now(), facts.agent());
  }
}

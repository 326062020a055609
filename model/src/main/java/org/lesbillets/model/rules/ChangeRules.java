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
import org.lesbillets.model.field.TicketField;
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
    Ticket patched = ticket.patched(message.changes());
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
    Comment comment = new Comment(Comment.SELF, facts.now(), facts.agent(), message.text());
    Ticket after = ticket.withCommentCount(ticket.commentCount() + 1).withUpdated(stamp());
    return new Decision.Accepted(
        new WireEvent.TicketCommented(facts.now(), facts.agent(), after, comment));
  }

  @Override
  public Decision onImportTicket(ClientMessage.ImportTicket message) {
    Ticket imported = message.ticket().withRevision(0, 0).withLock(null);
    return new Decision.Accepted(
        new WireEvent.TicketCreated(facts.now(), facts.agent(), imported, true),
        message.comments());
  }

  @Override
  public Decision onImportComment(ClientMessage.ImportComment message) {
    if (ticket.commentCount() != message.place()) {
      return new Decision.Rejected(
          RejectionCode.STALE_REVISION, RefusalMessages.otherPlace(ticket, message.place()));
    }
    Comment comment = message.comment().withId(Comment.SELF);
    Ticket after = ticket.withCommentCount(ticket.commentCount() + 1);
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

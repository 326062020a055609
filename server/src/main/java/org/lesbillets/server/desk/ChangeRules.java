package org.lesbillets.server.desk;

import java.time.Duration;
import java.util.List;
import org.lesbillets.model.Comment;
import org.lesbillets.model.FieldChange;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketContent;
import org.lesbillets.model.TicketField;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.wire.WireLimits;

/** What each change does to one ticket, or why it may not. Pure; made for one decision. */
final class ChangeRules implements ClientMessage.Handler<Decision> {
  private static final Duration DEFAULT_TTL = WireLimits.DEFAULT_TTL;

  private final TicketRules.Case facts;
  private final Ticket ticket;

  ChangeRules(TicketRules.Case facts) {
    this.facts = facts;
    this.ticket = facts.ticket();
  }

  @Override
  public Decision onCreateTicket(ClientMessage.CreateTicket message) {
    Stamp stamp = stamp();
    Ticket created =
        new Ticket(facts.id(), 0, message.draft().opened(), stamp, stamp, 0, 0, 0, null);
    return new Decision.Accepted(
        new WireEvent.TicketCreated(facts.now(), facts.agent(), created, false));
  }

  @Override
  public Decision onLockTicket(ClientMessage.LockTicket message) {
    if (message.waiting() != null) {
      return Admission.notServed("Waiting for a lock is");
    }
    if (message.steal() != null) {
      return Admission.notServed("Stealing a lock is");
    }
    if (message.token() != null) {
      return heldUnder(message.token()) ? renewed(message.terms()) : notHeldUnder(message.token());
    }
    return ticket.isLocked() ? locked() : granted(message.terms());
  }

  private Decision granted(LockTerms terms) {
    Duration ttl = terms.ttl() == null ? DEFAULT_TTL : terms.ttl();
    return lockedWith(
        new TicketLock(
            facts.agent(), TicketLock.SELF, facts.now(), ttl, ttl, terms.note(), terms.client(), 0),
        false);
  }

  /** Terms that a renewal leaves out stay as they were. */
  private Decision renewed(LockTerms terms) {
    TicketLock lock = ticket.lock();
    Duration ttl = terms.ttl() == null ? lock.ttl() : terms.ttl();
    String note = terms.note() == null ? lock.note() : terms.note();
    String client = terms.client() == null ? lock.client() : terms.client();
    return lockedWith(
        new TicketLock(
            lock.holder(), lock.token(), lock.since(), ttl, ttl, note, client, lock.waiting()),
        true);
  }

  private Decision lockedWith(TicketLock lock, boolean renewed) {
    return new Decision.Accepted(
        new WireEvent.TicketLocked(
            facts.now(), facts.agent(), ticket.withLock(lock), renewed, false, null, null));
  }

  @Override
  public Decision onUpdateTicket(ClientMessage.UpdateTicket message) {
    if (message.token() != null && !heldUnder(message.token())) {
      return notHeldUnder(message.token());
    }
    boolean needsLock = !message.changes().tagsOnly() || message.unlock();
    if (needsLock && heldByAnother()) {
      return locked();
    }
    if (message.ifRevision() != null && ticket.changedRevision() > message.ifRevision()) {
      return reject(
          RejectionCode.STALE_REVISION, Sentences.staleRevision(ticket, message.ifRevision()));
    }
    return updated(message);
  }

  private Decision updated(ClientMessage.UpdateTicket message) {
    TicketContent content = ticket.content().patched(message.changes());
    if (content.tags().size() > WireLimits.TAGS) {
      return new Decision.Rejected(
          RejectionCode.INVALID,
          Sentences.tooManyTags(ticket, WireLimits.TAGS),
          RejectionDetails.limit("addTags", WireLimits.TAGS));
    }
    List<FieldChange> changes = content.changesSince(ticket.content());
    boolean closes = changes.stream().anyMatch(ChangeRules::closes);
    boolean unlocks = ticket.isLocked() && !heldByAnother() && (message.unlock() || closes);
    if (changes.isEmpty() && !unlocks) {
      return new Decision.Unchanged();
    }
    Ticket after = ticket.withContent(content).withUpdated(stamp());
    return new Decision.Accepted(
        new WireEvent.TicketUpdated(
            facts.now(), facts.agent(), unlocks ? after.withLock(null) : after, changes, unlocks));
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
  public Decision onUnlockTicket(ClientMessage.UnlockTicket message) {
    if (message.force() != null) {
      return Admission.notServed("Forcing a lock open is");
    }
    if (message.token() != null && !heldUnder(message.token())) {
      return notHeldUnder(message.token());
    }
    if (!ticket.isLocked()) {
      return reject(RejectionCode.NOT_LOCKED, Sentences.notLocked(ticket));
    }
    if (heldByAnother()) {
      return locked();
    }
    return new Decision.Accepted(
        new WireEvent.TicketUnlocked(
            facts.now(),
            facts.agent(),
            ticket.withLock(null),
            UnlockReason.RELEASED,
            null,
            ticket.lock()));
  }

  /** The end of a lease whose time is over; decided by the desk itself. */
  static WireEvent expired(TicketRules.Case facts) {
    return new WireEvent.TicketUnlocked(
        facts.now(),
        null,
        facts.ticket().withLock(null),
        UnlockReason.EXPIRED,
        null,
        facts.ticket().lock());
  }

  private boolean heldByAnother() {
    return ticket.isLocked() && !ticket.lock().holder().equals(facts.agent());
  }

  /** Everybody sees tokens, so a token alone is no proof: it must be one's own. */
  private boolean heldUnder(long token) {
    return ticket.isLocked() && ticket.lock().token() == token && !heldByAnother();
  }

  private Decision notHeldUnder(long token) {
    boolean anothers = ticket.isLocked() && ticket.lock().token() == token;
    return anothers
        ? locked()
        : new Decision.Rejected(
            RejectionCode.STALE_TOKEN,
            Sentences.staleToken(ticket, token, facts.agent()),
            RejectionDetails.lock(ticket.lock()));
  }

  private Decision locked() {
    return new Decision.Rejected(
        RejectionCode.LOCKED,
        Sentences.locked(ticket, facts.agent(), facts.now()),
        RejectionDetails.lock(ticket.lock()));
  }

  private static Decision reject(RejectionCode code, String sentence) {
    return new Decision.Rejected(code, sentence, RejectionDetails.NONE);
  }

  private Stamp stamp() {
    return new Stamp(facts.now(), facts.agent());
  }

  @Override
  public Decision onClaimTicket(ClientMessage.ClaimTicket message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onImportTicket(ClientMessage.ImportTicket message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onRedactTicket(ClientMessage.RedactTicket message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onGetTickets(ClientMessage.GetTickets message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onGetTicket(ClientMessage.GetTicket message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onCancelWait(ClientMessage.CancelWait message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onListSessions(ClientMessage.ListSessions message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onKickSession(ClientMessage.KickSession message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onDrain(ClientMessage.Drain message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onBackup(ClientMessage.Backup message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onCompact(ClientMessage.Compact message) {
    throw notDecidedHere(message);
  }

  @Override
  public Decision onPing(ClientMessage.Ping message) {
    throw notDecidedHere(message);
  }

  private static IllegalStateException notDecidedHere(ClientMessage message) {
    return new IllegalStateException(message.type() + " is not decided by the rules of a change");
  }
}

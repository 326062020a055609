package org.lesbillets.model.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.WireLimits;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/**
 * The rules of taking, renewing, breaking and ending a ticket's lock. A lock belongs to its token
 * (a fencing token), a change to its author. Pure; made for one decision.
 */
final class LockRules {
  private static final Duration DEFAULT_TTL = WireLimits.DEFAULT_TTL;

  private final TicketRules.Case facts;
  private final Ticket ticket;

  LockRules(TicketRules.Case facts) {
    this.facts = facts;
    this.ticket = facts.ticket();
  }

  /** Takes, renews or steals the lock. */
  Decision lock(ClientMessage.LockTicket message) {
    if (message.token() != null && message.steal() != null) {
      return invalid("steal", RefusalMessages.RENEW_OR_STEAL);
    }
    if (message.token() != null) {
      return heldUnder(message.token()) ? renewed(message.terms()) : notHeldUnder(message.token());
    }
    if (!ticket.isLocked()) {
      return locked(ticket.withLock(fresh(message.terms())), false, false);
    }
    return message.steal() == null ? refusedAsLocked() : stolen(message.steal(), message.terms());
  }

  private Decision stolen(LockBreak steal, LockTerms terms) {
    Decision.Rejected refusal = unbreakable(steal, "steal");
    if (refusal != null) {
      return refusal;
    }
    boolean returned = ticket.lock().kind().returns();
    Ticket after = returned ? backInPool(ticket) : ticket;
    return new Decision.Accepted(
        new WireEvent.TicketLocked(
            facts.now(),
            facts.agent(),
            after.withLock(fresh(terms)),
            false,
            false,
            ticket.lock().holder(),
            steal.reason(),
            returned));
  }

  /** The ticket, still locked, without the assignment that the claim made. */
  private static Ticket backInPool(Ticket ticket) {
    boolean assigned = ticket.lock().holder().equals(ticket.content().assignee());
    return assigned ? ticket.withContent(ticket.content().withAssignee(null)) : ticket;
  }

  /** The refusal to break the lock, or null. Compare-and-set: only the lock that was seen. */
  private Decision.Rejected unbreakable(LockBreak seen, String field) {
    TicketLock lock = ticket.lock();
    if (lock.token() != seen.token()) {
      return staleToken(seen.token());
    }
    if (!heldByAnother()) {
      return null;
    }
    if (!facts.mayBreak()) {
      return new Decision.Rejected(
          RejectionCode.FORBIDDEN,
          RefusalMessages.onlyAdminsBreak(ticket),
          RejectionDetails.lock(lock));
    }
    return seen.reason() == null || seen.reason().isBlank()
        ? invalid(field + ".reason", RefusalMessages.breakNeedsReason(ticket))
        : null;
  }

  /** Locks and assigns atomically; the caller has chosen a free ticket. */
  Decision claim(ClientMessage.ClaimTicket message) {
    Ticket claimed = ticket.withContent(ticket.content().withAssignee(facts.agent()));
    LockKind kind = LockKind.of(true, message.returns());
    return locked(claimed.withLock(fresh(message.terms()).withKind(kind)), false, true);
  }

  private Decision locked(Ticket after, boolean renewed, boolean claimed) {
    return new Decision.Accepted(
        new WireEvent.TicketLocked(facts.now(), facts.agent(), after, renewed, claimed));
  }

  private TicketLock fresh(LockTerms terms) {
    Duration ttl = ttl(terms);
    return new TicketLock(
        facts.agent(), TicketLock.SELF, facts.now(), ttl, ttl, terms.note(), terms.client(), 0);
  }

  static boolean isGrant(ClientMessage.LockTicket asked, WireEvent event) {
    boolean plain = asked.token() == null && asked.steal() == null && asked.whilePid() == null;
    return plain
        && event instanceof WireEvent.TicketLocked locked
        && !locked.renewed()
        && !locked.claimed()
        && locked.stolenFrom() == null
        && isNamed(locked.ticket(), asked.ticket())
        && hasTerms(locked.ticket().lock(), asked.terms());
  }

  /** A prefix may name other tickets, too. */
  private static boolean isNamed(Ticket ticket, TicketRef ref) {
    if (ref instanceof TicketRef.ByPrefix prefix) {
      return ticket.id().toString().startsWith(prefix.prefix());
    }
    if (ref instanceof TicketRef.ByKey key) {
      return key.key().equals(ticket.content().key());
    }
    return ref instanceof TicketRef.ByNumber number
        ? ticket.number() == number.number()
        : ticket.id().equals(((TicketRef.ById) ref).id());
  }

  private static boolean hasTerms(TicketLock lock, LockTerms terms) {
    return lock.ttl().equals(ttl(terms))
        && Objects.equals(lock.note(), terms.note())
        && Objects.equals(lock.client(), terms.client());
  }

  private static Duration ttl(LockTerms terms) {
    return terms.ttl() == null ? DEFAULT_TTL : terms.ttl();
  }

  /** Terms that a renewal leaves out are kept. */
  private Decision renewed(LockTerms terms) {
    TicketLock lock = ticket.lock();
    Duration ttl = terms.ttl() == null ? lock.ttl() : terms.ttl();
    String note = terms.note() == null ? lock.note() : terms.note();
    String client = terms.client() == null ? lock.client() : terms.client();
    TicketLock renewed =
        new TicketLock(
            lock.holder(),
            lock.token(),
            lock.since(),
            ttl,
            ttl,
            note,
            client,
            lock.waiting(),
            lock.kind());
    return locked(ticket.withLock(renewed), true, false);
  }

  /** Releases, gives back or forces the lock. */
  Decision unlock(ClientMessage.UnlockTicket message) {
    Decision.Rejected mismatch = mismatched(message);
    if (mismatch != null) {
      return mismatch;
    }
    if (message.token() != null && !heldUnder(message.token())) {
      return notHeldUnder(message.token());
    }
    if (!ticket.isLocked()) {
      return new Decision.Rejected(RejectionCode.NOT_LOCKED, RefusalMessages.notLocked(ticket));
    }
    if (message.force() != null) {
      return forced(message.force());
    }
    if (heldByAnother()) {
      return refusedAsLocked();
    }
    return message.giveBack() == null
        ? unlocked(ticket, UnlockReason.RELEASED, null, false)
        : givenBack(message.giveBack());
  }

  /** The refusal of an unlock whose fields contradict each other, or null. */
  private static Decision.Rejected mismatched(ClientMessage.UnlockTicket message) {
    if (message.token() != null && message.force() != null) {
      return invalid("force", RefusalMessages.RELEASE_OR_FORCE);
    }
    GiveBack giveBack = message.giveBack();
    if (giveBack != null && message.force() != null) {
      return invalid("giveBack", RefusalMessages.GIVE_BACK_OR_FORCE);
    }
    return null;
  }

  private Decision givenBack(GiveBack giveBack) {
    if (!ticket.lock().kind().isClaim()) {
      return invalid("giveBack", RefusalMessages.notClaimed(ticket));
    }
    Ticket back = asleepFor(giveBack.wakeAfter(), backInPool(ticket));
    return unlocked(
        giveBack.failed() ? back.withFailedAttempt() : back, UnlockReason.RELEASED, null, true);
  }

  /** The ticket asleep for a time from now; as it is when there is none. */
  private Ticket asleepFor(Duration sleep, Ticket back) {
    return sleep == null
        ? back
        : back.withWakeAt(facts.now().plus(sleep)).sleepingOnlyIfFuture(facts.now());
  }

  private Decision forced(LockBreak force) {
    Decision.Rejected refusal = unbreakable(force, "force");
    if (refusal != null) {
      return refusal;
    }
    boolean returned = ticket.lock().kind().returns();
    return unlocked(
        returned ? backInPool(ticket) : ticket, UnlockReason.FORCED, force.reason(), returned);
  }

  private Decision unlocked(Ticket after, UnlockReason reason, String note, boolean returned) {
    return new Decision.Accepted(
        new WireEvent.TicketUnlocked(
            facts.now(),
            facts.agent(),
            after.withLock(null),
            reason,
            note,
            ticket.lock(),
            returned));
  }

  /**
   * The event that ends a lock whose lease is over. An expired lease is a failed attempt; one that
   * was never used is none, and its claim, of either kind, goes back to the pool.
   *
   * @param givenUp whether it was granted to a waiter that was gone: then it counts as released
   */
  static WireEvent over(Ticket ticket, boolean givenUp, Instant now) {
    LockKind kind = ticket.lock().kind();
    boolean returned = givenUp ? kind.isClaim() : kind.returns();
    Ticket back = returned ? backInPool(ticket) : ticket;
    Ticket after = returned && !givenUp ? back.withFailedAttempt() : back;
    return new WireEvent.TicketUnlocked(
        now,
        givenUp ? ticket.lock().holder() : null,
        after.withLock(null),
        givenUp ? UnlockReason.RELEASED : UnlockReason.EXPIRED,
        givenUp ? RefusalMessages.GONE : null,
        ticket.lock(),
        returned);
  }

  boolean heldByAnother() {
    return TicketRules.isHeldByAnother(ticket, facts.agent());
  }

  /** Tokens are public, so a token alone is no proof: the holder must match, too. */
  boolean heldUnder(long token) {
    return ticket.isLocked() && ticket.lock().token() == token && !heldByAnother();
  }

  Decision notHeldUnder(long token) {
    boolean anothers = ticket.isLocked() && ticket.lock().token() == token;
    return anothers ? refusedAsLocked() : staleToken(token);
  }

  private Decision.Rejected staleToken(long token) {
    return new Decision.Rejected(
        RejectionCode.STALE_TOKEN,
        RefusalMessages.staleToken(ticket, token, facts.agent(), facts.ends().apply(token)),
        RejectionDetails.lock(ticket.lock()));
  }

  private static Decision.Rejected invalid(String field, String sentence) {
    return new Decision.Rejected(RejectionCode.INVALID, sentence, RejectionDetails.field(field));
  }

  Decision refusedAsLocked() {
    return new Decision.Rejected(
        RejectionCode.LOCKED,
        RefusalMessages.locked(ticket, facts.agent(), facts.now()),
        RejectionDetails.lock(ticket.lock()));
  }
}

package org.lesbillets.model.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;

/** The sentences of refusals, for people: what is in the way, and what to do next. Stateless. */
final class RefusalMessages {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private RefusalMessages() {}

  static String locked(Ticket ticket, AgentName asker, Instant now) {
    TicketLock lock = ticket.lock();
    boolean own = lock.holder().equals(asker);
    return "Ticket %d is locked by %s%s %s%s: %s"
        .formatted(
            ticket.number(),
            own ? "you" : lock.holder(),
            lock.client() == null ? "" : ", in the " + lock.client() + ",",
            sofar(Duration.between(lock.since(), now)),
            lock.note() == null ? "" : " (" + lock.note() + ")",
            own
                ? "go on there, or unlock it first."
                : "unless renewed, it is free in %s.".formatted(rough(ending(lock))));
  }

  /** The remaining time to announce: a second at least. */
  private static Duration ending(TicketLock lock) {
    return lock.expiresIn().compareTo(SECOND) < 0 ? SECOND : lock.expiresIn();
  }

  /** The note on a lock released because its waiter was gone. */
  static final String GONE = "whoever waited for it was gone when it came";

  static final String RENEW_OR_STEAL =
      "A lock is either renewed by its token or stolen from another: name one of the two.";

  static final String RELEASE_OR_FORCE =
      "A lock is either released by its token or forced: name one of the two.";

  static final String GIVE_BACK_OR_FORCE =
      "A claim is given back by its holder, and a lock is forced by others: name one of the two.";

  static String notClaimed(Ticket ticket) {
    return "Ticket %d was locked, not claimed: nothing is to be given back, so unlock it instead."
        .formatted(ticket.number());
  }

  static String onlyAdminsBreak(Ticket ticket) {
    return "Only admins break locks on this server: ask %s, who holds ticket %d, or an admin."
        .formatted(ticket.lock().holder(), ticket.number());
  }

  static String breakNeedsReason(Ticket ticket) {
    return "Breaking %s's lock on ticket %d needs a reason, which everybody is told: give one."
        .formatted(ticket.lock().holder(), ticket.number());
  }

  static String nothingToClaim(boolean ofQuery) {
    return ofQuery
        ? "No open, unlocked, unassigned ticket that is awake matches: there is nothing to claim."
        : "No open ticket is unlocked, unassigned and awake: there is nothing to claim.";
  }

  static String noneRaised(String key) {
    return "No open ticket has the key %s: raise one, or list key:%s to see the closed ones."
        .formatted(key, key);
  }

  static String keyTaken(Ticket other) {
    return "Ticket %d is open under the key %s, which only one ticket can be: close that one first."
        .formatted(other.number(), other.content().key());
  }

  static String staleToken(Ticket ticket, long token, AgentName asker, Optional<LockEnd> end) {
    TicketLock lock = ticket.lock();
    String over =
        end.map(e -> ended(ticket, token, asker, e))
            .orElse("Token %d does not hold ticket %d".formatted(token, ticket.number()));
    if (lock == null) {
      return over + ", and nobody holds it now: lock it again.";
    }
    return lock.holder().equals(asker)
        ? over
            + ", %s you hold it now under token %d: go on with that one."
                .formatted(end.isPresent() ? "and" : "but", lock.token())
        : over
            + ", and %s holds it now under token %d: look at what changed."
                .formatted(lock.holder(), lock.token());
  }

  private static String ended(Ticket ticket, long token, AgentName asker, LockEnd end) {
    String who = end.by() == null ? "" : end.by().equals(asker) ? "you" : end.by().value();
    String why = end.reason() == null ? "" : " (%s)".formatted(end.reason());
    String of = "lock %d on ticket %d".formatted(token, ticket.number());
    return switch (end.how()) {
      case RELEASED -> "The %s was released by %s".formatted(of, who);
      case EXPIRED -> "The %s ran out of time".formatted(of);
      case FORCED -> "The %s was broken by %s%s".formatted(of, who, why);
      case STOLEN -> "The %s was taken over by %s%s".formatted(of, who, why);
    };
  }

  static String notLocked(Ticket ticket) {
    return "Ticket %d is not locked: there is nothing to unlock.".formatted(ticket.number());
  }

  static String staleRevision(Ticket ticket, long ifRevision) {
    return "Ticket %d was changed at revision %d, after the revision %d you have seen: look again."
        .formatted(ticket.number(), ticket.changedRevision(), ifRevision);
  }

  static String otherPlace(Ticket ticket, long place) {
    return "Ticket %d has %d comments, and not the %d this one comes after: read them, then import"
            .formatted(ticket.number(), ticket.commentCount(), place)
        + " what is missing.";
  }

  static String tooManyTags(Ticket ticket, int limit) {
    return "Ticket %d would have more than %d tags: remove some first."
        .formatted(ticket.number(), limit);
  }

  private static String sofar(Duration held) {
    return held.toSeconds() < 2 ? "since just now" : "for " + rough(held);
  }

  /** A duration in its largest unit, as people say it. */
  static String rough(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds < 90) {
      return seconds + " s";
    }
    if (seconds < 90 * 60) {
      return (seconds + 30) / 60 + " min";
    }
    return (seconds + 1800) / 3600 + " h";
  }
}

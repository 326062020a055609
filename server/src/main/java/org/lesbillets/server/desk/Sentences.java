package org.lesbillets.server.desk;

import java.time.Duration;
import java.time.Instant;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;

/** What refusals say to people: what happened, and what to do next. Stateless. */
final class Sentences {
  private Sentences() {}

  static String locked(Ticket ticket, AgentName asker, Instant now) {
    TicketLock lock = ticket.lock();
    boolean own = lock.holder().equals(asker);
    return "Ticket %d is locked by %s%s for %s%s: %s"
        .formatted(
            ticket.number(),
            own ? "you" : lock.holder(),
            lock.client() == null ? "" : ", in the " + lock.client() + ",",
            rough(Duration.between(lock.since(), now)),
            lock.note() == null ? "" : " (" + lock.note() + ")",
            own
                ? "go on there, or unlock it first."
                : "it is free in %s at the latest.".formatted(rough(lock.expiresIn())));
  }

  static String staleToken(Ticket ticket, long token) {
    TicketLock lock = ticket.lock();
    return lock == null
        ? "The lock %d on ticket %d is over, and nobody holds it now: lock it again."
            .formatted(token, ticket.number())
        : "The lock %d on ticket %d is over, and %s holds it now under token %d:"
            .concat(" look at what changed.")
            .formatted(token, ticket.number(), lock.holder(), lock.token());
  }

  static String notLocked(Ticket ticket) {
    return "Ticket %d is not locked: there is nothing to unlock.".formatted(ticket.number());
  }

  static String staleRevision(Ticket ticket, long ifRevision) {
    return "Ticket %d was changed at revision %d, after the revision %d you have seen: look again."
        .formatted(ticket.number(), ticket.changedRevision(), ifRevision);
  }

  static String tooManyTags(Ticket ticket, int limit) {
    return "Ticket %d would have more than %d tags: remove some first."
        .formatted(ticket.number(), limit);
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

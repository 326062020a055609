package org.lesbillets.server.desk;

import java.time.Duration;
import java.time.Instant;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;

/** What refusals say to people: what happened, and what to do next. Stateless. */
final class Sentences {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private Sentences() {}

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

  /** Somebody who has to wait does so for a second at least. */
  private static Duration ending(TicketLock lock) {
    return lock.expiresIn().compareTo(SECOND) < 0 ? SECOND : lock.expiresIn();
  }

  static String staleToken(Ticket ticket, long token, AgentName asker) {
    TicketLock lock = ticket.lock();
    String over = "Token %d does not hold ticket %d, ".formatted(token, ticket.number());
    if (lock == null) {
      return over + "and nobody does now: lock it again.";
    }
    return lock.holder().equals(asker)
        ? over + "you do now under token %d: go on with that one.".formatted(lock.token())
        : over
            + "%s does now under token %d: look at what changed."
                .formatted(lock.holder(), lock.token());
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

  static String readOnly(String reason) {
    return "The server takes no changes, because its journal failed (%s): tell whoever runs it."
        .formatted(reason);
  }

  /**
   * @param repeatable whether the same request can be sent again without doing it twice
   */
  static String uncertain(String reason, boolean repeatable) {
    return "It may have happened or not, because the journal failed (%s): when the server is well"
            .formatted(reason)
        + (repeatable
            ? " again, ask again with the same operation id."
            : " again, look at the ticket before you ask again.");
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

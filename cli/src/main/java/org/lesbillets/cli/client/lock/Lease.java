package org.lesbillets.cli.client.lock;

import java.time.Duration;
import java.util.Objects;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * A granted lock that is to be kept. Immutable.
 *
 * @param number of the ticket
 * @param token of the lock
 * @param ttl how long each renewal lasts; more than zero
 * @param left how long it lasts if it is not renewed, counted from now
 */
public record Lease(long number, long token, Duration ttl, Duration left) {
  public Lease {
    Objects.requireNonNull(left, "left");
    if (ttl.isNegative() || ttl.isZero()) {
      throw new IllegalArgumentException("a lease lasts longer than zero, not " + ttl);
    }
  }

  /** The lease that an answer has just granted. */
  public static Lease of(EventMessage granted) {
    Ticket ticket = granted.event().event().ticket();
    TicketLock lock = Objects.requireNonNull(ticket.lock(), "lock");
    return new Lease(ticket.number(), lock.token(), lock.ttl(), lock.expiresIn());
  }
}

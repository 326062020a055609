package org.lesbillets.server.desk;

import java.time.Duration;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;

/** Knows how long locks still last. Any thread. */
public interface LockTimes {

  /** How long the lock lasts, in whole milliseconds; zero if it is over. */
  Duration left(TicketId ticket, long token);

  /** The ticket with its lock as it is to be told now. */
  default Ticket told(Ticket ticket) {
    TicketLock lock = ticket.lock();
    return lock == null
        ? ticket
        : ticket.withLock(lock.told(left(ticket.id(), lock.token()), lock.waiting()));
  }
}

package org.lesbillets.server.desk.index;

import java.time.Duration;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;

/** The remaining time of locks and the number of their waiters, as of now. Any thread. */
public interface LockTimes {

  /** How long the lock lasts, in whole milliseconds; zero if it is over. */
  Duration remaining(TicketId ticket, long token);

  /** How many wait for the ticket's lock. */
  int waiting(TicketId ticket);

  /** The event with the remaining time of its locks; one that ended has none left. */
  default SequencedEvent withRemaining(SequencedEvent event) {
    WireEvent current = event.event().withTicket(withRemaining(event.event().ticket()));
    return event.withEvent(current instanceof TicketUnlocked unlocked ? over(unlocked) : current);
  }

  private static WireEvent over(TicketUnlocked event) {
    return event.ended() == null
        ? event
        : event.withEnded(event.ended().withRemaining(Duration.ZERO, 0));
  }

  /** The ticket with the remaining time of its lock. */
  default Ticket withRemaining(Ticket ticket) {
    TicketLock lock = ticket.lock();
    return lock == null
        ? ticket
        : ticket.withLock(
            lock.withRemaining(remaining(ticket.id(), lock.token()), waiting(ticket.id())));
  }
}

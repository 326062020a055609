package org.lesbillets.server.desk;

import java.time.Duration;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;

/** Knows how long locks still last, and who waits for them. Any thread. */
public interface LockTimes {

  /** How long the lock lasts, in whole milliseconds; zero if it is over. */
  Duration left(TicketId ticket, long token);

  /** How many wait for the ticket's lock. */
  int waiting(TicketId ticket);

  /** The event with its locks as they are to be told now: one that ended has no time left. */
  default SequencedEvent withRemaining(SequencedEvent event) {
    WireEvent told = event.event().withTicket(withRemaining(event.event().ticket()));
    return event.withEvent(told instanceof TicketUnlocked unlocked ? over(unlocked) : told);
  }

  private static WireEvent over(TicketUnlocked event) {
    return event.ended() == null
        ? event
        : event.withEnded(event.ended().withRemaining(Duration.ZERO, 0));
  }

  /** The ticket with its lock as it is to be told now. */
  default Ticket withRemaining(Ticket ticket) {
    TicketLock lock = ticket.lock();
    return lock == null
        ? ticket
        : ticket.withLock(
            lock.withRemaining(left(ticket.id(), lock.token()), waiting(ticket.id())));
  }
}

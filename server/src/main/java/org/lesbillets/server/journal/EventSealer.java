package org.lesbillets.server.journal;

import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;

/**
 * The last step from a decided event to the one a journal keeps, so that what the tail delivers
 * equals what is read back: sealed under its revision, locks settled, a description only where the
 * event changes content. Pure; any thread.
 */
public final class EventSealer {
  private EventSealer() {}

  /**
   * The event as a journal keeps and delivers it.
   *
   * @param number of the ticket, 1 or more
   * @param previousRevision of the event before it, 0 for the first
   */
  public static SequencedEvent seal(
      WireEvent event, long number, long revision, long previousRevision) {
    WireEvent sealed = event.withTicket(event.ticket().withNumber(number)).sealed(revision);
    Ticket ticket = sealed.ticket();
    if (ticket.lock() != null) {
      ticket = ticket.withLock(ticket.lock().settled());
    }
    if (!sealed.changesContent()) {
      ticket = ticket.withContent(ticket.content().withDescription(null));
    }
    return new SequencedEvent(
        revision, previousRevision, withSettledEnd(sealed.withTicket(ticket)));
  }

  private static WireEvent withSettledEnd(WireEvent event) {
    if (event instanceof TicketUnlocked unlocked && unlocked.ended() != null) {
      return unlocked.withEnded(unlocked.ended().settled());
    }
    return event;
  }
}

package org.lesbillets.server.desk;

import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.pubsub.EventChannel;

/**
 * Requests that change nothing. The desk's thread: it takes the snapshot, and leaves filtering,
 * sorting, reading and encoding to others.
 */
final class DeskReads {
  private final TicketBook book;
  private final LockTimes lockTimes;
  private final EventChannel<Announcement> channel;
  private final TimeSource time;
  private List<Ticket> tickets = List.of();
  private long ticketsRevision = -1;

  DeskReads(
      TicketBook book, LockTimes lockTimes, EventChannel<Announcement> channel, TimeSource time) {
    this.book = book;
    this.lockTimes = lockTimes;
    this.channel = channel;
    this.time = time;
  }

  /** A list; with a watch, later events follow it without a hole: both in one turn. */
  void tickets(Requester requester, ClientMessage.GetTickets message) {
    Snapshot snapshot = snapshot();
    if (message.watch() == null) {
      requester.list(message, snapshot);
    } else {
      channel.publish(new Announcement.Joined(requester, message, snapshot));
    }
  }

  /** Copied only when something changed since the last time: many who join share one copy. */
  private Snapshot snapshot() {
    if (ticketsRevision != book.revision()) {
      tickets = book.tickets();
      ticketsRevision = book.revision();
    }
    return new Snapshot(tickets, ticketsRevision, time.now());
  }

  void ticket(Requester requester, ClientMessage.GetTicket message) {
    List<Ticket> found = book.matches(message.ticket(), TicketRules.CANDIDATES);
    if (found.size() == 1) {
      requester.details(message, lockTimes.withRemaining(found.get(0)));
    } else {
      Decision.Rejected why = TicketRules.unresolved(message.ticket(), found);
      requester.answer(
          new ServerMessage.Rejected(
              message.requestId(), why.code(), why.message(), why.details()));
    }
  }

  void ping(Requester requester, ClientMessage.Ping message) {
    requester.answer(new ServerMessage.Pong(message.requestId(), book.revision()));
  }
}

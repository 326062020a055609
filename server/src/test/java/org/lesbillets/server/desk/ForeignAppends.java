package org.lesbillets.server.desk;

import java.time.Duration;
import java.time.Instant;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.server.journal.Append;

/** What another server that shares the journal writes into it. */
final class ForeignAppends {
  private ForeignAppends() {}

  static Append lock(Ticket ticket, String holder, Instant now) {
    AgentName who = new AgentName(holder);
    Duration ttl = Duration.ofMinutes(15);
    TicketLock lock = new TicketLock(who, TicketLock.SELF, now, ttl, ttl, null, null, 0);
    return new Append(
        ticket.revision(),
        null,
        new WireEvent.TicketLocked(now, who, ticket.withLock(lock), false, false));
  }
}

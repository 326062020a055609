package org.lesbillets.cli.client;

import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ServerMessage.AllTickets;

/**
 * Tickets at one revision. Immutable.
 *
 * @param tickets in the order that was asked for
 * @param revision the journal's position they are true at
 * @param total how many match, also those beyond the limit
 */
public record TicketSnapshot(List<Ticket> tickets, long revision, String journalId, int total) {
  public TicketSnapshot {
    tickets = List.copyOf(tickets);
  }

  static TicketSnapshot of(AllTickets all) {
    return new TicketSnapshot(all.tickets(), all.revision(), all.journalId(), all.total());
  }
}

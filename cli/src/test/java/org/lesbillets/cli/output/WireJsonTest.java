package org.lesbillets.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;

class WireJsonTest {
  @Test
  void aLineIsTheObjectOnOneLine() throws Exception {
    SeededTest.run(
        random -> {
          for (Ticket ticket : new RandomTickets(random).tickets(200)) {
            Ticket brief = ticket.withContent(ticket.content().withDescription(null));
            for (Ticket either : new Ticket[] {ticket, brief}) {
              assertEquals(WireJson.line(WireJson.ticket(either)), WireJson.line(either));
            }
          }
        });
  }
}

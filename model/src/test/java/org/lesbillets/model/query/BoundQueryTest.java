package org.lesbillets.model.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;

class BoundQueryTest {
  private static final AgentName ALICE = new AgentName("alice");
  private static final AgentName BOB = new AgentName("bob");

  private static BoundQuery of(AgentName asker, String query) throws QuerySyntaxException {
    return BoundQuery.of(asker, TicketQuery.parse(query));
  }

  @Test
  void queriesAreEqualWhoeverAsksUnlessTheySpeakOfTheAsker() throws Exception {
    assertEquals(of(ALICE, "tag:some by:alice"), of(BOB, "tag:some by:alice"));
    assertNotEquals(of(ALICE, "by:me"), of(BOB, "by:me"));
    assertNotEquals(of(ALICE, "assignee:none|\"me\""), of(BOB, "assignee:none|\"me\""));
    Ticket ticket = TicketMaker.ticket(1).make();
    assertTrue(of(ALICE, "by:me").matches(ticket, TicketMaker.NOW));
    assertFalse(of(BOB, "by:me").matches(ticket, TicketMaker.NOW));
  }

  @Test
  void noQueryWithoutTimeCanTellCommentsAndRenewals() {
    Ticket ticket = TicketMaker.ticket(1).tags("red").make();
    Ticket commented = ticket.withCommentCount(1).withRevision(2, 1).withUpdated(ticket.created());
    assertTrue(TicketQuery.cannotTell(ticket, commented));
    assertFalse(TicketQuery.cannotTell(null, ticket));
    Ticket changed = ticket.patched(TicketPatch.of(TicketField.TITLE, "other"));
    assertFalse(TicketQuery.cannotTell(ticket, changed));
    assertFalse(TicketQuery.cannotTell(ticket, ticket.withAttempts(1)));
  }
}

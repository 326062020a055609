package org.lesbillets.cli.tui.state.list;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.lesbillets.model.query.TicketOrder;
import org.lesbillets.model.query.TicketQuery;

class FilterTest {
  private static TicketQuery query(String text) throws Exception {
    return TicketQuery.parse(text);
  }

  @Test
  void otherTicketsAreAnotherView() throws Exception {
    Filter mine = new Filter(query("assignee:me"), TicketOrder.MOST_URGENT, "mine");
    Filter other = mine.withQuery(query("assignee:me printer"));
    assertNull(other.name());
    assertEquals(TicketOrder.MOST_URGENT, other.order());
    assertSame(mine, mine.withQuery(query("assignee:me")));
  }

  @Test
  void anotherOrderIsTheSameView() throws Exception {
    Filter mine = new Filter(query("assignee:me"), TicketOrder.MOST_URGENT, "mine");
    Filter sorted = mine.withOrder(TicketOrder.BY_NUMBER);
    assertEquals("mine", sorted.name());
    assertEquals(mine.query(), sorted.query());
    assertEquals(TicketOrder.BY_NUMBER, sorted.order());
  }
}

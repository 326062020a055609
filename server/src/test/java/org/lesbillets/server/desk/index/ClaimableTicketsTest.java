package org.lesbillets.server.desk.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.RandomFacts;

final class ClaimableTicketsTest {
  private static final int TICKETS = 1_500;

  /** Against a list that is sorted anew. */
  @Test
  void keepsTheLastStateOfEachInOrder() {
    long seed = RandomFacts.seed();
    Random random = new Random(seed);
    ClaimableTickets index = new ClaimableTickets();
    List<Ticket> all = new ArrayList<>();
    for (int change = 1; change < 10_000; change++) {
      int number = random.nextInt(TICKETS);
      Ticket before = number < all.size() ? all.get(number) : null;
      Ticket after = changed(before == null ? fresh(all.size() + 1) : before, random, change);
      index.replace(before, after);
      if (before == null) {
        all.add(after);
      } else {
        all.set(number, after);
      }
    }
    List<Ticket> expected =
        all.stream().filter(Ticket::isClaimable).sorted(ClaimableTickets.ORDER).toList();
    List<Ticket> found = index.after(null, TICKETS);
    assertEquals(expected.size(), found.size(), "seed " + seed);
    for (int i = 0; i < found.size(); i++) {
      assertSame(expected.get(i), found.get(i), "seed " + seed);
    }
  }

  private static Ticket fresh(int number) {
    return Facts.create(new UUID(1, number), 0, "t").event().ticket().withNumber(number);
  }

  private static Ticket changed(Ticket ticket, Random random, long revision) {
    Priority priority =
        random.nextInt(4) == 0 ? Priority.values()[random.nextInt(4)] : ticket.content().priority();
    TicketStatus status = random.nextInt(4) == 0 ? TicketStatus.CLOSED : TicketStatus.OPEN;
    return ticket
        .withContent(
            ticket
                .content()
                .with(TicketField.ASSIGNEE, null)
                .with(TicketField.PRIORITY, priority)
                .with(TicketField.STATUS, status))
        .withRevision(revision, revision);
  }
}

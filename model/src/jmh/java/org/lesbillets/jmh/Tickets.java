package org.lesbillets.jmh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/** Tickets as a desk has them, the same in each run. */
final class Tickets {
  private static final Instant BEGIN = Instant.parse("2026-01-05T07:00:00Z");

  private Tickets() {}

  static List<Ticket> some(int count) {
    Random random = new Random(1);
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      Priority[] priorities = Priority.values();
      TicketContent content =
          TicketContent.titled("Cannot log in after changing the password " + i)
              .with(TicketField.DESCRIPTION, "Works on the phone, not on the laptop.")
              .with(TicketField.PRIORITY, priorities[random.nextInt(priorities.length)])
              .with(TicketField.REQUESTER, "field sales")
              .with(TicketField.TAGS, List.of("access", "laptop"));
      Stamp stamp = new Stamp(BEGIN.plusSeconds(i), new AgentName("alice"));
      TicketId id = new TicketId(new UUID(random.nextLong(), random.nextLong()));
      tickets.add(new Ticket(id, i, content, stamp, stamp, i, i, 0, null));
    }
    return tickets;
  }
}

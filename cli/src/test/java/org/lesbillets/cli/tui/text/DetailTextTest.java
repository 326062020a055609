package org.lesbillets.cli.tui.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;

class DetailTextTest {
  private static final Now NOW = new Now(0, TicketMaker.NOW);

  private static List<String> text(
      Ticket ticket, DetailView view, LeaseDeadline lease, ZoneId zone) {
    return new DetailText(ticket, view, lease, NOW, zone)
        .lines(60).stream().map(TextLine::text).toList();
  }

  private static DetailView view(Ticket ticket, List<Comment> comments, boolean more) {
    return new DetailView(ticket.id(), comments, List.of(), false, more, 0, null);
  }

  @Test
  void whatThereIsNotIsNotNamed() {
    Ticket ticket = TicketMaker.ticket(7).make();
    assertEquals(
        List.of(
            "#7 Ticket 7",
            "",
            "status     open",
            "priority   normal",
            "assignee   nobody",
            "created    2026-11-22 09:00 by alice, now"),
        text(ticket, view(ticket, List.of(), false), null, ZoneOffset.UTC));
  }

  @Test
  void timesAreThoseOfWherePeopleLive() {
    Ticket ticket = TicketMaker.ticket(7).created("bob", Duration.ofHours(3)).make();
    List<String> lines =
        text(ticket, view(ticket, List.of(), false), null, ZoneId.of("Asia/Kolkata"));
    assertTrue(lines.contains("created    2026-11-22 11:30 by bob, 3h ago"), lines.toString());
  }

  @Test
  void aLockSaysWhoseItIsAndHowLong() {
    Ticket ticket =
        TicketMaker.ticket(7).locked("bob", Duration.ofMinutes(5), Duration.ofSeconds(61)).make();
    DetailView view = view(ticket, List.of(), false);
    LeaseDeadline end = new LeaseDeadline(ticket, Duration.ofSeconds(61).toNanos());
    assertTrue(
        text(ticket, view, end, ZoneOffset.UTC)
            .contains("locked     by bob in the cli for 5m, 1:01 left"));
    LeaseDeadline soon = new LeaseDeadline(ticket, Duration.ofSeconds(59).toNanos());
    assertTrue(
        text(ticket, view, soon, ZoneOffset.UTC)
            .contains("locked     by bob in the cli for 5m, 0:59 left, ends soon"));
  }

  @Test
  void theNewestCommentComesFirstAndWhatIsOlderLast() {
    Ticket ticket = TicketMaker.ticket(7).make().withCommentCount(9);
    AgentName bob = new AgentName("bob");
    List<Comment> comments =
        List.of(
            new Comment(8, TicketMaker.NOW.minusSeconds(60), bob, "First.\n\tIndented."),
            new Comment(9, TicketMaker.NOW, bob, "Second."));
    List<String> lines = text(ticket, view(ticket, comments, true), null, ZoneOffset.UTC);
    assertEquals(
        List.of(
            "Comments (2 of 9, the newest first)",
            "bob, 2026-11-22 09:00, now",
            "  Second.",
            "bob, 2026-11-22 08:59, 1m ago",
            "  First.",
            "      Indented.",
            "",
            "Scroll on for what is older."),
        lines.subList(lines.size() - 8, lines.size()));
  }

  @Test
  void noLineIsWiderThanItMayBe() throws Exception {
    SeededTest.run(
        random -> {
          RandomTickets tickets = new RandomTickets(random);
          for (int i = 0; i < 200; i++) {
            Ticket ticket = tickets.ticket();
            List<SequencedEvent> history = new ArrayList<>();
            history.add(new SequencedEvent(2, 1, created(ticket)));
            List<Comment> comments = tickets.comments(random.nextInt(4));
            DetailView view =
                new DetailView(ticket.id(), comments, history, i % 2 == 0, true, 0, tickets.line());
            int columns = 38 + random.nextInt(160);
            DetailText text = new DetailText(ticket, view, null, NOW, ZoneOffset.UTC);
            for (TextLine line : text.lines(columns)) {
              assertTrue(CellText.width(line.text()) <= columns, line.text());
            }
          }
        });
  }

  private static WireEvent created(Ticket ticket) {
    return new WireEvent.TicketCreated(ticket.created().at(), ticket.created().by(), ticket, false);
  }
}

package org.lesbillets.cli.tui.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.NOW;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.state.DetailView;
import org.lesbillets.cli.tui.state.Now;
import org.lesbillets.cli.tui.state.TextLine;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketMaker;

class PreviewTextTest {
  private static final AgentName BOB = new AgentName("bob");
  private static final List<Comment> COMMENTS =
      List.of(
          new Comment(1, NOW.minusSeconds(7_200), BOB, "First."),
          new Comment(2, NOW.minusSeconds(60), BOB, "Second,\nin two lines."));

  private static List<String> lines(Ticket ticket, List<Comment> comments, int columns, int rows) {
    DetailView view = new DetailView(ticket.id(), comments, List.of(), false, false, 0, null);
    TicketText text = new TicketText(ticket, null, new Now(0, NOW), ZoneOffset.UTC);
    return new PreviewText(text, view).lines(columns, rows).stream().map(TextLine::text).toList();
  }

  private static Ticket printer() {
    return TicketMaker.ticket(7)
        .title("Printer")
        .description("one\ntwo\nthree\nfour\nfive\nsix")
        .assignee("alice")
        .requester("front desk")
        .tags("a", "b")
        .created("carol", Duration.ofHours(3))
        .updated("erin", Duration.ofMinutes(5))
        .make()
        .withCommentCount(2);
  }

  @Test
  void fieldsTakeFewLinesAndTheNewestCommentComesFirst() {
    assertEquals(
        List.of(
            "Printer",
            "open · normal · for alice",
            "a, b · from front desk · created 3h ago by carol",
            "updated 5m ago by erin",
            "",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "",
            "bob, 1m ago: Second,",
            "in two lines.",
            "bob, 2h ago: First."),
        lines(printer(), COMMENTS, 50, 30));
  }

  @Test
  void aLongDescriptionLeavesRoomForTheNewestComment() {
    assertEquals(
        List.of(
            "Printer",
            "open · normal · for alice",
            "a, b · from front desk · created 3h ago by carol",
            "updated 5m ago by erin",
            "",
            "one",
            "…",
            "",
            "bob, 1m ago: Second,",
            "…"),
        lines(printer(), COMMENTS, 50, 10));
  }

  @Test
  void commentsThatHaveNotComeAreCounted() {
    List<String> lines = lines(printer(), List.of(), 50, 30);
    assertEquals("2 comments …", lines.get(lines.size() - 1));
    Ticket quiet = TicketMaker.ticket(7).make();
    assertEquals(
        List.of("Ticket 7", "open · normal · for nobody yet", "created now by alice"),
        lines(quiet, List.of(), 50, 30));
  }

  @Test
  void itFillsItsPlaceAndNoMore() throws Exception {
    SeededTest.run(
        random -> {
          RandomTickets tickets = new RandomTickets(random);
          for (int i = 0; i < 400; i++) {
            List<Comment> comments = tickets.comments(random.nextInt(4));
            int columns = 30 + random.nextInt(100);
            int rows = 1 + random.nextInt(40);
            Ticket ticket = tickets.ticket().withCommentCount(comments.size());
            List<String> lines = lines(ticket, comments, columns, rows);
            assertTrue(lines.size() <= rows, lines.size() + " lines in " + rows);
            lines.forEach(line -> assertTrue(CellText.width(line) <= columns, line));
          }
        });
  }
}

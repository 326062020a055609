package org.lesbillets.cli.tui.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.text.CellText;
import org.lesbillets.cli.tui.state.list.LeaseDeadline;
import org.lesbillets.cli.tui.state.list.LiveTickets;
import org.lesbillets.cli.tui.text.DetailText;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;

class DetailReadingTest {
  private static final Now AT = new Now(0, NOW);
  private static final AgentName BOB = new AgentName("bob");
  private static final AgentName LONG = new AgentName("a".repeat(64));
  private static final String NASTY =
      "\u001b[2J打印机 \u202Efdp 👩\u200d💻 e\u0301\u0301\u0301\u0301\u0301\u0301 🇫🇷 \u009b31m ";

  private static SequencedEvent event(long revision, WireEvent event) {
    return new SequencedEvent(revision, revision - 1, event);
  }

  private static List<TextLine> lines(Ticket ticket, DetailView view, int columns) {
    LiveTickets tickets = new LiveTickets();
    tickets.begin();
    tickets.add(List.of(ticket), 1, AT);
    LeaseDeadline lease = tickets.lease(ticket.id()).orElse(null);
    return new DetailText(ticket, view, lease, AT, ZoneOffset.UTC).lines(columns);
  }

  private static String text(List<TextLine> lines) {
    return lines.stream().map(TextLine::text).collect(Collectors.joining("\n"));
  }

  private static DetailView read(Ticket ticket) {
    return DetailView.of(ticket.id()).failed(null);
  }

  @Test
  void aTicketIsReadFromItsTitleToItsHistory() {
    Ticket ticket =
        ticket(17)
            .title("Printer on fire")
            .description("Third floor.\n\nIt smells.")
            .tags("printer", "3rd floor")
            .locked("bob", Duration.ofMinutes(5), Duration.ofMinutes(10))
            .make()
            .withCommentCount(2);
    DetailView view =
        read(ticket)
            .with(event(18, new WireEvent.TicketCreated(NOW, BOB, ticket, false)))
            .with(
                event(
                    19,
                    new WireEvent.TicketCommented(
                        NOW, BOB, ticket, new Comment(19, NOW, BOB, "Water.\nLots of it."))));
    assertEquals(
        """
        #17 Printer on fire

        status     open
        locked     by bob in the cli for 5m, 10:00 left
        priority   normal
        assignee   nobody
        tags       printer, 3rd floor
        created    2026-11-22 09:00 by alice, now

        Third floor.

        It smells.

        Comments (1 of 2)
        bob, 2026-11-22 09:00, now
          Water.
          Lots of it.

        History (the newest first)
        2026-11-22 09:00  bob commented on #17: "Water. Lots of it."
        2026-11-22 09:00  bob created #17\
        """,
        text(lines(ticket, view, 78)));
  }

  @Test
  void renewalsAreNoHistory() {
    Ticket ticket = ticket(17).locked("bob", Duration.ZERO, Duration.ofMinutes(10)).make();
    DetailView view =
        read(ticket).with(event(18, new WireEvent.TicketLocked(NOW, BOB, ticket, true, false)));
    assertFalse(text(lines(ticket, view, 78)).contains("History"));
    view = view.with(event(19, new WireEvent.TicketLocked(NOW, BOB, ticket, false, false)));
    String text = text(lines(ticket, view, 78));
    assertTrue(text.endsWith("(the newest first)\n2026-11-22 09:00  bob locked #17 for 15m"), text);
  }

  @Test
  void anEventOfAnUnknownKindHasNoTimeAndNoAuthor() {
    Ticket ticket = ticket(17).make();
    DetailView view =
        read(ticket)
            .with(event(18, new WireEvent.UnknownEvent("TicketMerged", null, null, ticket)));
    String text = text(lines(ticket, view, 78));
    assertTrue(text.endsWith("\n                  did TicketMerged to #17"), text);
  }

  @Test
  void itSaysWhatIsMissing() {
    Ticket ticket = ticket(17).make().withCommentCount(3);
    String loading = text(lines(ticket, DetailView.of(ticket.id()), 78));
    assertTrue(loading.endsWith("\n\nFetching comments and history …"), loading);
    String failed = text(lines(ticket, read(ticket).failed("No answer came."), 78));
    assertTrue(failed.contains("\n\nNo answer came.\n"), failed);
  }

  @Test
  void noLineIsTooWideOrHarmful() throws Exception {
    SeededTest.run(
        random -> {
          for (int n = 0; n < 40; n++) {
            int columns = 38 + random.nextInt(60);
            Ticket ticket = nasty(random);
            for (TextLine line : lines(ticket, nasty(random, ticket), columns)) {
              assertTrue(CellText.width(line.text()) <= columns, columns + ": " + line.text());
              assertTrue(
                  line.text().codePoints().noneMatch(c -> c < ' ' || c >= 0x7F && c < 0xA0),
                  line.text());
            }
          }
        });
  }

  private static String words(Random random) {
    StringBuilder words = new StringBuilder(NASTY);
    for (int n = random.nextInt(30); n > 0; n--) {
      words.append("w".repeat(random.nextInt(70))).append(random.nextInt(9) == 0 ? "\n" : " ");
    }
    return words.append(NASTY).toString();
  }

  private static Ticket nasty(Random random) {
    return ticket(999_999_999_999_999L)
        .title(words(random))
        .description(words(random))
        .assignee(LONG.value())
        .requester(words(random))
        .reference(words(random))
        .tags("x".repeat(40), NASTY, "y".repeat(40))
        .created(LONG.value(), Duration.ofDays(3))
        .locked(LONG.value(), Duration.ofMinutes(3), Duration.ofSeconds(4))
        .make()
        .withCommentCount(1_234_567);
  }

  private static DetailView nasty(Random random, Ticket ticket) {
    DetailView view = DetailView.of(ticket.id());
    for (int n = 1; n < 5; n++) {
      Comment comment = new Comment(n, NOW, n % 2 == 0 ? BOB : LONG, words(random));
      view =
          view.with(event(n, new WireEvent.TicketCommented(NOW, LONG, ticket, comment)))
              .failed(words(random));
    }
    return random.nextBoolean() ? view : view.asked();
  }
}

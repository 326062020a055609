package org.lesbillets.cli.tui.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.NOW;
import static org.lesbillets.model.TicketMaker.ticket;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

class DetailViewTest {
  private static final Ticket TICKET = ticket(17).make();
  private static final AgentName BOB = new AgentName("bob");

  private static Comment comment(long revision) {
    return new Comment(revision, NOW, BOB, "Comment " + revision);
  }

  /** The even revisions are comments. */
  private static SequencedEvent event(long revision) {
    WireEvent event =
        revision % 2 == 0
            ? new WireEvent.TicketCommented(NOW, BOB, TICKET, comment(revision))
            : new WireEvent.TicketUpdated(NOW, BOB, TICKET, List.of(), false);
    return new SequencedEvent(revision, revision - 1, event);
  }

  /** A page as the server gives it, the newest first. */
  private static TicketDetails page(String revisions, boolean more) {
    List<SequencedEvent> events =
        Arrays.stream(revisions.split(" "))
            .filter(text -> !text.isEmpty())
            .map(Long::valueOf)
            .map(DetailViewTest::event)
            .toList();
    List<Comment> comments =
        events.stream()
            .filter(one -> one.revision() % 2 == 0)
            .map(one -> comment(one.revision()))
            .toList();
    return new TicketDetails("1", TICKET, comments, events, more);
  }

  private static String known(DetailView view) {
    String history = String.join(" ", view.history().stream().map(e -> e.revision() + "").toList());
    String comments = String.join(" ", view.comments().stream().map(c -> c.id() + "").toList());
    return history + " | " + comments;
  }

  @Test
  void itBeginsWithNothingAndAsks() {
    DetailView view = DetailView.of(TICKET.id());
    assertTrue(view.loading());
    assertEquals(DetailsCursor.NEWEST, view.oldest());
    assertEquals(" | ", known(view));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        // The first page, then an older one.
        "9 8 7; 6 5 4; 4 5 6 7 8 9 | 4 6 8",
        // The newest again: it meets what is known.
        "9 8 7; 11 10 9; 7 8 9 10 11 | 8 10",
        "9 8 7; 9 8 7; 7 8 9 | 8",
        // It does not: what lies between is not known, so what lies behind is not, either.
        "9 8 7; 23 22 21; 21 22 23 | 22",
        "9 8 7; ''; 7 8 9 | 8",
        "''; 9 8 7; 7 8 9 | 8"
      })
  void pagesJoinWhereNothingIsMissing(String first, String second, String expected) {
    DetailView view =
        DetailView.of(TICKET.id()).with(page(first, true)).asked().with(page(second, true));
    assertEquals(expected, known(view));
  }

  @Test
  void whatHappensIsInItOnce() {
    DetailView view = DetailView.of(TICKET.id()).with(event(9)).with(event(10));
    assertEquals("9 10 | 10", known(view));
    assertTrue(view.loading());
    view = view.with(page("10 9 8", false));
    assertEquals("8 9 10 | 8 10", known(view));
    assertFalse(view.loading());
    assertEquals("8 9 10 11 | 8 10", known(view.with(event(11)).with(event(11))));
  }

  @Test
  void aPageWithoutAHistoryIsNoMistake() {
    TicketDetails bare = new TicketDetails("1", TICKET, List.of(comment(8)), null, false);
    assertEquals(
        "7 8 9 | 8", known(DetailView.of(TICKET.id()).with(page("9 8 7", true)).with(bare)));
  }

  @Test
  void aFailureKeepsWhatIsKnown() {
    DetailView view = DetailView.of(TICKET.id()).with(page("9 8", true)).asked();
    assertTrue(view.loading());
    view = view.failed("No answer.");
    assertFalse(view.loading());
    assertTrue(view.more());
    assertEquals("No answer.", view.trouble());
    assertEquals("8 9 | 8", known(view));
    assertNull(view.asked().trouble());
    assertNull(view.asked().with(page("9 8", false)).trouble());
    assertEquals(new DetailsCursor(8L, 8L), view.oldest());
  }

  @Test
  void oneDoesNotScrollAboveIt() {
    assertEquals(0, DetailView.of(TICKET.id()).at(-5).top());
    assertEquals(5, DetailView.of(TICKET.id()).at(5).with(event(9)).top());
  }
}

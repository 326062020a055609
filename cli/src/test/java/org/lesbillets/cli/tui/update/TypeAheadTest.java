package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.lesbillets.model.TicketMaker.ticket;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.state.Screen;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.RejectionCode;

/** Keys that are pressed while something is being sent. */
class TypeAheadTest {
  private final Play play =
      Play.live(
          IntStream.rangeClosed(1, 60)
              .mapToObj(n -> ticket(n).description("x\n".repeat(70)).make())
              .toArray(Ticket[]::new));

  private CommentBox box() {
    return (CommentBox) play.model.input();
  }

  @ParameterizedTest
  @CsvSource({"j,2", "Down,2", "j j k,2", "G,60", "End,60", "PgDn,19", "Ctrl-D,10", "G g,1"})
  void whoHasSentACommentMovesOnAtOnce(String keys, long ticket) {
    play.press("c").type("Soon").press("Enter").press(keys);
    assertEquals(ticket, play.selected());
    assertEquals("Soon", box().typed().text());
    assertNull(box().notice());
    play.answer().press("j k");
    assertNull(play.model.input());
    assertEquals("You commented on #1.", play.status());
    assertEquals(1, play.desk.ticket(1).commentCount());
  }

  @Test
  void whoHasSentAFormMovesOnAndStaysThere() {
    play.press("e").answer().type("X").press("Ctrl-S j j");
    assertEquals(3, play.selected());
    play.answer();
    assertNull(play.model.input());
    assertEquals("Ticket 1X", play.desk.ticket(1).content().title());
    assertEquals(3, play.selected(), "nobody is taken back");
  }

  @Test
  void whoStaysIsTakenToTheNewTicket() {
    play.press("n").type("New").press("Ctrl-S").answer();
    assertEquals(61, play.selected());
    play.press("n").type("Newer").press("Ctrl-S g").answer();
    assertEquals(1, play.selected());
  }

  @Test
  void whatIsReadIsScrolledBehindWhatIsSent() {
    play.press("Enter").answer().press("c").type("Soon").press("Enter PgDn");
    int top = play.model.detail().top();
    assertEquals(Screen.DETAIL, play.model.screen());
    assertEquals(19, top);
    play.refuse(Effect.Change.class, RejectionCode.BUSY, "the server is busy");
    assertEquals("Soon", box().typed().text());
    assertEquals("The server is busy.", box().notice());
    play.press("Enter").answer();
    assertEquals(1, play.desk.ticket(1).commentCount(), "it is about its own ticket");
  }

  @Test
  void whatIsNoMotionIsLeftOutAndActsOnNothing() {
    play.press("c").type("Soon").press("Enter j").type("xm").answer();
    assertNull(play.model.input());
    play.press("j x u m j");
    assertEquals(4, play.selected());
    assertEquals("What you typed on while it was sent is left out.", play.status());
    play.answer();
    assertEquals(TicketStatus.OPEN, play.desk.ticket(3).content().status());
    assertNull(play.desk.ticket(3).content().assignee());
    play.seconds(1).press("x").answer();
    assertEquals(TicketStatus.CLOSED, play.desk.ticket(4).content().status());
  }

  @Test
  void aTextThatIsTypedIsNoMotion() {
    play.press("c").type("jjkG");
    assertEquals("jjkG", box().typed().text());
    assertEquals(1, play.selected());
  }

  @Test
  void aFormThatWaitsForItsLockTakesAllKeys() {
    play.press("e").type("j");
    assertEquals(1, play.selected());
    assertEquals("Ticket 1j", play.form().texts().get(TicketField.TITLE));
    assertNotNull(play.next(Effect.Hold.class));
  }

  @ParameterizedTest
  @ValueSource(strings = {"j", "Enter", "/", "G"})
  void whoGoesOnIsNotTakenToTheClaimedTicket(String key) {
    play.press("G C").press(key);
    long selected = play.selected();
    Screen screen = play.model.screen();
    play.answer(Effect.Change.class);
    assertEquals("You claimed #1 for 15m.", play.status());
    assertEquals(selected, play.selected());
    assertEquals(screen, play.model.screen());
  }

  @Test
  void aCommandIsForTheTicketOneIsOn() {
    play.press("x j x").answer();
    assertEquals(List.of(1L, 2L), closed());
  }

  private List<Long> closed() {
    return play.desk.tickets().stream()
        .filter(one -> !one.isOpen())
        .map(Ticket::number)
        .sorted()
        .toList();
  }
}

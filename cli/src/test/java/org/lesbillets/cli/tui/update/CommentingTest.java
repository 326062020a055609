package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Comments: typed, sent, refused, kept. */
class CommentingTest {
  private final Play play = Play.live(ticket(1).make(), ticket(2).make());

  private CommentBox box() {
    return (CommentBox) play.model.input();
  }

  private String text() {
    return box().typed().text();
  }

  @Test
  void whatIsTypedIsSentToTheTicketOneWasOn() {
    play.press("j c").type(" Done. ").press("Enter");
    assertTrue(box().sending());
    CommentTicket sent = (CommentTicket) play.lastChange();
    assertEquals(TicketRef.of(ticket(2).make().id()), sent.ticket());
    assertEquals("Done.", sent.text());
    play.answer();
    assertNull(play.model.input());
    assertEquals("You commented on #2.", play.status());
    assertEquals(1, play.desk.ticket(2).commentCount());
    assertEquals(Map.of(), play.drafts);
  }

  @Test
  void aCommentCanHaveSeveralLines() {
    play.press("c").type("a").press("Alt-Enter").type("b").press("Ctrl-J").paste("c\r\nd\re");
    assertEquals("a\nb\nc\nd\ne", text());
    play.press("Up Up").type("!");
    assertEquals("a\nb\nc!\nd\ne", text());
    play.press("Ctrl-S").answer();
    assertEquals("a\nb\nc!\nd\ne", ((CommentTicket) play.lastChange()).text());
  }

  @Test
  void aRefusalIsSaidInPlaceAndTheTextStays() {
    play.press("c").type("Done.").press("Enter");
    play.refuse(Effect.Change.class, RejectionCode.FORBIDDEN, "readers may not comment");
    assertFalse(box().sending());
    assertEquals("Readers may not comment.", box().notice());
    assertEquals("Done.", text());
    assertEquals("Done.", play.drafts.get("comment 1").text());
    play.type("!").press("Enter").answer();
    assertEquals("Done.!", ((CommentTicket) play.lastChange()).text());
  }

  @Test
  void whatIsUnderWayTakesNoMoreText() {
    play.press("c").type("Done.").press("Enter").type("x").paste("y").press("Enter Backspace");
    assertEquals("Done.", text());
    assertEquals(1, play.all(Effect.Change.class).size());
  }

  @Test
  void aRefusalIsNotWipedAwayByWhatSucceededBesides() {
    play.press("m c").type("Done.").press("Enter");
    Effect assigning = play.next(Effect.Change.class);
    play.refuse(assigning, RejectionCode.LOCKED, "ticket 1 is locked by bob");
    play.answer();
    assertEquals("Ticket 1 is locked by bob.", play.status());
    play.after(Duration.ofMillis(1)).press("m").answer();
    assertEquals("You updated #1: assignee none → alice.", play.status());
  }

  @Test
  void nothingIsNotSent() {
    play.press("c").type("  ").press("Enter");
    assertNull(play.model.input());
    assertEquals(List.of(), play.all(Effect.Change.class));
    assertEquals(Map.of(), play.drafts);
  }

  @Test
  void escapeKeepsItAndItIsThereAgain() {
    play.press("c").type("Half a").press("Esc");
    assertEquals("Your comment on #1 is kept as a draft.", play.status());
    play.press("j c");
    assertEquals("", text());
    play.press("Esc k c");
    assertEquals("Half a", text());
    assertEquals("This is your draft of yesterday; Ctrl-X throws it away.", box().notice());
    play.type(" sentence").press("Enter").answer();
    assertEquals("Half a sentence", ((CommentTicket) play.lastChange()).text());
    play.press("c");
    assertEquals("", text());
  }

  @Test
  void throwingItAwayForgetsIt() {
    play.press("c").type("Half a").press("Ctrl-X");
    assertNull(play.model.input());
    assertEquals("The comment is thrown away.", play.status());
    play.press("c");
    assertEquals("", text());
  }

  @Test
  void whatIsErasedIsNoDraft() {
    play.press("c").type("Half a").press("Esc c Ctrl-U Esc");
    assertEquals(Map.of(), play.drafts);
    play.press("c");
    assertEquals("", text());
  }

  @Test
  void whoIsFasterThanTheDiskLosesNeither() {
    play.press("c").type("Half a").press("Esc");
    play.diskIsSlow = true;
    play.press("c").type("Quick");
    play.disk();
    assertEquals("Quick", text());
    assertEquals(
        "An earlier draft, of yesterday, is kept: it is there the next time.", play.status());
    play.diskIsSlow = false;
    play.press("Enter").answer().press("c");
    assertEquals("Half a", text());
  }

  @Test
  void theEditorTakesAndGivesTheText() {
    play.press("c").type("Half a").press("Ctrl-O");
    assertEquals("Half a", play.last(Effect.Edit.class).text());
    play.edited("A whole\none");
    assertEquals("A whole\none", text());
    assertEquals("A whole\none", play.drafts.get("comment 1").text());
  }

  @Test
  void anEditorThatFailsLeavesTheText() {
    play.press("c").type("Half a").press("Ctrl-O");
    play.take(new EffectResult.Edited(play.next(Effect.Edit.class).id(), null, "there is no vi"));
    assertEquals("Half a", text());
    assertEquals("There is no vi.", play.status());
  }

  @Test
  void whatIsTooLongIsNotSentAndNotLost() {
    play.press("c").paste("x".repeat(70_000)).press("Enter");
    assertEquals(List.of(), play.all(Effect.Change.class));
    assertFalse(box().sending());
    assertTrue(box().notice().contains("65536"), box().notice());
    assertEquals(70_000, text().length());
  }

  @Test
  void aPasteHasAnEnd() {
    play.press("c").paste("🔥".repeat(400_000));
    assertEquals(TextEditing.LONGEST_TEXT, text().length());
    play.press("Ctrl-A Ctrl-K Ctrl-Y Ctrl-Y Ctrl-Y");
    assertEquals(TextEditing.LONGEST_TEXT, text().length());
  }

  @Test
  void aCommentThatSomebodyDidNotWaitForIsSaidAndForgotten() {
    play.press("c").type("Done.").press("Enter Esc");
    assertEquals("Done.", play.drafts.get("comment 1").text());
    play.answer();
    assertEquals("You commented on #1.", play.status());
    assertEquals(Map.of(), play.drafts);
  }

  @Test
  void theAnswerToOneCommentDoesNotCloseAnother() {
    play.press("c").type("Done.").press("Enter");
    Effect.Change first = play.next(Effect.Change.class);
    play.press("Esc Ctrl-L j c").type("Another");
    SequencedEvent event = play.decide(Play.ALICE, first.change());
    play.happened(event).take(new EffectResult.Done(first.id(), EventMessage.answer(event, "1")));
    assertEquals("Another", text());
    assertEquals(2, box().number());
  }

  @Test
  void theCommentStaysWithItsTicketWhateverTheListDoes() {
    play.press("c").bobLocks(1).resize(100, 30).part(List.of(), 0, true, true, true);
    play.type("Done.").press("Enter");
    assertEquals(TicketRef.of(ticket(1).make().id()), ((CommentTicket) play.lastChange()).ticket());
  }
}

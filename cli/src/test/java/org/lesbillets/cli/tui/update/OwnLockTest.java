package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.ALICE;
import static org.lesbillets.model.TicketMaker.ticket;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.editor.FormLease.Phase;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.TicketForm.Saving;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** One's own lock: held in this view, or by another program, or by one that has ended. */
class OwnLockTest {
  private final Play play = Play.live(ticket(1).title("Printer").make(), ticket(2).make());

  private static LockTicket lock(long number, String client) {
    LockTerms terms = new LockTerms(null, null, client);
    return new LockTicket(null, null, TicketRef.of(number), null, terms, null, null);
  }

  private Play aliceLocks(String client) {
    return play.by(ALICE, lock(1, client));
  }

  private String question() {
    return ((ChoiceMenu) play.model.input()).label();
  }

  private long token() {
    return play.desk.ticket(1).lock().token();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cli|take over your lock of #1 (in the cli)?",
        "tui|take over your lock of #1 (in another or an earlier view)?",
        "|take over your lock of #1 (elsewhere)?"
      })
  void aFormOverOnesOwnLockIsOpenedAfterAYes(String client, String asked) {
    aliceLocks(client).press("e");
    assertEquals(asked, question());
    assertEquals(List.of(), play.all(Effect.Hold.class));
    long seen = token();
    play.type("y");
    assertEquals(new LockBreak(seen, null), ((LockTicket) play.lastChange()).steal());
    assertEquals(Phase.ASKED, play.form().lease().phase());
    play.type("X").answer();
    assertNotEquals(seen, token());
    assertEquals(Phase.HELD, play.form().lease().phase());
    assertEquals(token(), play.form().lease().token());
    play.press("Ctrl-S").answer();
    assertEquals("PrinterX", play.desk.ticket(1).content().title());
    assertTrue(play.desk.ticket(1).isLocked(), "it was held before, and is so still");
    play.press("e");
    assertEquals(Phase.HELD, play.form().lease().phase(), "it is held here now");
  }

  @ParameterizedTest
  @ValueSource(strings = {"n", "Esc", "z Esc"})
  void withoutAYesNothingIsDone(String keys) {
    aliceLocks("tui").press("e").press(keys);
    assertNull(play.model.input());
    assertEquals(List.of(), play.all(Effect.Change.class));
    assertEquals(List.of(), play.all(Effect.Hold.class));
  }

  @Test
  void theDescriptionIsEditedUnderALockThatWasTakenOver() {
    aliceLocks("cli").press("d").type("y");
    assertEquals(List.of(), play.all(Effect.Edit.class));
    play.answer(Effect.Change.class).edited("Third floor.").answer();
    assertEquals("Third floor.", play.desk.ticket(1).content().description());
    assertNull(play.model.input());
  }

  @ParameterizedTest
  @ValueSource(strings = {"l", "L"})
  void bothLockKeysAskWhetherItIsTakenOver(String key) {
    aliceLocks("cli").press(key);
    assertEquals("take over your lock of #1 (in the cli)?", question());
    play.type("y").answer();
    assertEquals("You took over your own lock on #1.", play.status());
    play.press("L");
    assertEquals("You hold it here: u unlocks #1.", play.status());
    assertNull(play.model.input());
  }

  @Test
  void aNewerLockIsNotTakenOver() {
    aliceLocks("cli").press("e");
    play.by(ALICE, new UnlockTicket(null, null, TicketRef.of(1), null, null, null)).bobLocks(1);
    play.type("y").answer();
    assertNull(play.model.input());
    assertEquals("That lock is over already.", play.status());
  }

  @Test
  void aLockOfOnesOwnThatIsNotSeenYetIsAskedForWhenItIsInTheWay() {
    SequencedEvent untold = play.decide(ALICE, lock(1, "cli"));
    play.press("e");
    Effect.Hold hold = play.next(Effect.Hold.class);
    play.take(
        new EffectResult.Refused(
            hold.id(),
            RejectionCode.LOCKED,
            "Ticket 1 is locked by you: go on there.",
            untold.event().ticket().lock()));
    assertEquals("take over your lock of #1 (in the cli)?", question());
    play.happened(untold).type("y").answer();
    assertEquals(Phase.HELD, play.form().lease().phase());
  }

  @Test
  void whoHasTypedByThenSavesTwice() {
    SequencedEvent untold = play.decide(ALICE, lock(1, "cli"));
    play.press("e").type("X");
    Effect.Hold hold = play.next(Effect.Hold.class);
    play.happened(untold);
    play.refuse(hold, RejectionCode.LOCKED, "Ticket 1 is locked by you: go on there.");
    assertEquals(Phase.ELSEWHERE, play.form().lease().phase());
    assertEquals(
        "You hold it already, in the cli: saving takes it over.", play.form().lease().sentence());
    play.press("Ctrl-S");
    assertEquals(Saving.WISHED, play.form().saving());
    play.answer();
    assertEquals("PrinterX", play.desk.ticket(1).content().title());
    assertNull(play.model.input());
  }

  @Test
  void aLockThatWasJustTakenByHandIsThatOfTheForm() {
    play.press("l e").answer();
    assertEquals(Phase.HELD, play.form().lease().phase());
    assertFalse(play.form().lease().kept());
    assertEquals("You locked #1 for 15m.", play.status());
  }

  @Test
  void newsThatAreFasterThanAnswersAskNothing() {
    play.press("l");
    Effect.Change asked = play.next(Effect.Change.class);
    SequencedEvent locked = play.decide(ALICE, asked.change());
    play.happened(locked).press("e");
    assertEquals(Phase.ASKED, play.form().lease().phase());
    play.take(new EffectResult.Done(asked.id(), EventMessage.answer(locked, "1"))).answer();
    assertEquals(Phase.HELD, play.form().lease().phase());
  }

  @Test
  void aFormThatIsOpenedAgainBeforeItsLockIsReleasedAsksNothing() {
    play.press("e").answer().press("Esc e");
    assertEquals(Phase.ASKED, play.form().lease().phase());
    play.answer();
    assertEquals(Phase.HELD, play.form().lease().phase());
    play.press("Esc l");
    assertNull(((LockTicket) play.lastChange()).token());
    play.answer();
    assertEquals("You locked #1 for 15m.", play.status());
  }

  @Test
  void aLockThatEndedIsNotHeldHereAnyMore() {
    play.press("l").answer();
    play.happened(play.desk.expire(1).orElseThrow());
    aliceLocks("cli").press("e");
    assertEquals("take over your lock of #1 (in the cli)?", question());
  }

  @Test
  void whatTheFormTypedIsThereAfterATakeOverElsewhere() {
    play.press("e").answer().type("X");
    LockBreak over = new LockBreak(token(), null);
    LockTerms terms = new LockTerms(null, null, "cli");
    play.by(ALICE, new LockTicket(null, null, TicketRef.of(1), null, terms, null, over));
    assertEquals(Phase.LOST, play.form().lease().phase());
    play.press("Ctrl-S").answer();
    assertEquals(Phase.ELSEWHERE, play.form().lease().phase());
    play.press("Ctrl-S").answer();
    assertEquals("PrinterX", play.desk.ticket(1).content().title());
    assertNull(play.drafts.get("edit 1"));
  }
}

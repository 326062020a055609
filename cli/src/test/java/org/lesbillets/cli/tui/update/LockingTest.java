package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.ALICE;
import static org.lesbillets.cli.tui.update.Play.BOB;
import static org.lesbillets.model.TicketMaker.ticket;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult.LockWaitChanged.Phase;
import org.lesbillets.cli.tui.key.KeyMap;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.Input.ChoiceMenu;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.CreateTicket;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;

/** Locks that are taken, given back, stolen, waited for; and when it rings. */
class LockingTest {
  private final Play play = Play.live(ticket(1).make(), ticket(2).make());

  private LinePrompt prompt() {
    return (LinePrompt) play.model.input();
  }

  private void aliceLocksElsewhere(long number) {
    LockTerms terms = new LockTerms(null, null, "cli");
    play.by(ALICE, new LockTicket(null, null, TicketRef.of(number), null, terms, null, null));
  }

  @Test
  void aTicketIsLockedAndUnlocked() {
    play.press("l");
    LockTicket lock = (LockTicket) play.lastChange();
    assertEquals(new LockTerms(null, null, "tui"), lock.terms());
    assertNull(lock.token());
    play.answer();
    assertEquals("You locked #1 for 15m.", play.status());
    assertEquals(ALICE, play.desk.ticket(1).lock().holder());
    play.press("u").answer();
    assertEquals("You unlocked #1.", play.status());
    assertFalse(play.desk.ticket(1).isLocked());
  }

  @Test
  void onesOwnLockIsRenewed() {
    play.press("l").answer();
    long token = play.desk.ticket(1).lock().token();
    play.press("l").answer();
    assertEquals(token, ((LockTicket) play.lastChange()).token());
    assertEquals("You hold it here: renewed for 15m; u unlocks #1.", play.status());
    assertEquals(StatusLine.Kind.DONE, play.model.status().kind());
  }

  @Test
  void aSecondLockThatIsAskedForBeforeTheFirstIsThereIsHeldHere() {
    play.press("l l").answer();
    assertEquals("You hold it here: u unlocks #1.", play.status());
    assertEquals(StatusLine.Kind.DONE, play.model.status().kind());
  }

  @Test
  void anothersLockIsInTheWayInOneSentence() {
    play.bobLocks(1).press("l").answer();
    assertEquals("#1 is locked by bob: wait for it; w waits for it, L takes it.", play.status());
    assertEquals(StatusLine.Kind.REFUSED, play.model.status().kind());
    assertNull(play.model.input());
  }

  @Test
  void unlockingWhatIsNotOnesOwnSaysWhatToDo() {
    play.press("u");
    assertEquals("Nobody holds the lock of #1.", play.status());
    play.bobLocks(1).press("u");
    assertEquals("#1 is locked by bob: w waits for it, L takes it.", play.status());
    assertEquals(List.of(), play.all(Effect.Change.class));
    play.press("w x").answer(Effect.Change.class);
    assertEquals("#1 is locked by bob: wait for it; u leaves its line, L takes it.", play.status());
  }

  @Test
  void whoHasTakenTheKeyForStealingAwayIsToldWithout() throws Exception {
    KeyMap keys = KeyMap.of(Map.of("steal", List.of(), "wait", List.of()));
    Play other =
        new Play(Play.settings(keys, Play.view(null, "", "number")), ticket(1).make()).connect();
    other.bobLocks(1).press("u");
    assertEquals("#1 is locked by bob.", other.status());
  }

  // Stealing.

  @Test
  void stealingNeedsAReasonAndAYesAndBreaksTheLockThatWasSeen() {
    play.bobLocks(1).press("L");
    assertEquals(LinePrompt.Purpose.REASON, prompt().purpose());
    play.press("Enter");
    assertEquals("say why: everybody is told", prompt().mistake());
    play.type("x".repeat(201)).press("Enter");
    assertEquals("a reason has at most 200 characters", prompt().mistake());
    play.press("Ctrl-U").type("he is ill").press("Enter");
    ChoiceMenu menu = (ChoiceMenu) play.model.input();
    assertEquals("take the lock of #1 from bob?", menu.label());
    assertEquals("he is ill", menu.reason());
    assertEquals(List.of(), play.all(Effect.Change.class));
    long seen = play.desk.ticket(1).lock().token();
    play.type("y");
    LockTicket steal = (LockTicket) play.lastChange();
    assertEquals(new LockBreak(seen, "he is ill"), steal.steal());
    play.answer();
    assertEquals(ALICE, play.desk.ticket(1).lock().holder());
    assertEquals("You took the lock on #1 from bob: \"he is ill\".", play.status());
  }

  @Test
  void aNewerLockIsLeftAlone() {
    play.bobLocks(1).press("L").type("he is ill").press("Enter");
    play.bobUnlocks(1).bobLocks(1).type("y").answer();
    assertEquals("That lock is over already.", play.status());
    assertEquals(BOB, play.desk.ticket(1).lock().holder());
  }

  @Test
  void noAndEscapeStealNothing() {
    play.bobLocks(1).press("L").type("why").press("Enter").type("n");
    assertNull(play.model.input());
    play.press("L").type("why").press("Enter Esc");
    assertNull(play.model.input());
    play.press("L Esc");
    assertNull(play.model.input());
    assertEquals(List.of(), play.all(Effect.Change.class));
  }

  @Test
  void aReasonIsRecalled() {
    play.bobLocks(1).press("L").type("he is ill").press("Enter Esc L Up");
    assertEquals("he is ill", prompt().typed().text());
  }

  @Test
  void whatIsNoAnswerIsNone() {
    play.bobLocks(1).press("L").type("why").press("Enter").type("zY ").press("Enter Tab Ctrl-A");
    assertTrue(play.model.input() instanceof ChoiceMenu);
    assertEquals(List.of(), play.all(Effect.Change.class));
  }

  @Test
  void onesOwnLockElsewhereIsTakenWithoutAReason() {
    aliceLocksElsewhere(1);
    play.press("L");
    assertEquals(
        "take over your lock of #1 (in the cli)?", ((ChoiceMenu) play.model.input()).label());
    play.type("y").answer();
    assertEquals("You took over your own lock on #1.", play.status());
    assertNull(((LockTicket) play.lastChange()).steal().reason());
  }

  @Test
  void aFreeTicketIsNotStolen() {
    play.press("L");
    assertEquals("Nobody holds the lock of #1: just lock it.", play.status());
    assertNull(play.model.input());
  }

  // Lines.

  @Test
  void oneStandsInLineAndWhenTheTurnComesItRings() {
    play.bobLocks(1).press("w");
    Effect.WaitForLock stand = play.next(Effect.WaitForLock.class);
    assertEquals(LockWait.FOREVER, stand.lock().waiting());
    assertEquals("Standing in the line for #1.", play.status());
    assertTrue(play.model.isWaitingFor(ticket(1).make().id()));
    play.lockWait(stand.id(), Phase.WAITING).seconds(300);
    assertNull(play.model.waitingWords(), "one waits without being told all the time");
    play.bobUnlocks(1);
    SequencedEvent granted =
        play.decide(
            ALICE,
            new LockTicket(null, null, TicketRef.of(1), null, stand.lock().terms(), null, null));
    play.happened(granted).forget().lockGranted(stand.id(), granted);
    assertEquals("It is your turn: #1 is locked by you.", play.status());
    assertEquals(StatusLine.Kind.ALARM, play.model.status().kind());
    assertEquals(1, play.bells());
    assertFalse(play.model.isWaitingFor(ticket(1).make().id()));
  }

  @Test
  void whereThereIsNoLineItIsJustLockedAndRingsNot() {
    play.press("w").answer();
    assertEquals("You locked #1.", play.status());
    assertEquals(0, play.bells());
    assertFalse(play.model.isWaitingFor(ticket(1).make().id()));
  }

  @Test
  void oneStandsInALineOnce() {
    play.bobLocks(1).press("w w");
    assertEquals("You stand in the line for #1 already.", play.status());
    assertEquals(1, play.all(Effect.WaitForLock.class).size());
  }

  @Test
  void oneDoesNotStandBehindOneself() {
    play.press("l").answer().press("w");
    assertEquals("You hold it here: u unlocks #1.", play.status());
    assertEquals(0, play.all(Effect.WaitForLock.class).size());
  }

  @Test
  void whoGetsTheLockOtherwiseStandsInItsLineNoMore() {
    play.bobLocks(1).press("w");
    Effect.WaitForLock stand = play.next(Effect.WaitForLock.class);
    play.press("L").type("urgent").press("Enter").type("y").answer(Effect.Change.class);
    assertEquals(stand.id(), play.last(Effect.CancelLockWait.class).id());
    assertFalse(play.model.isWaitingFor(ticket(1).make().id()));
    play.press("u").answer(Effect.Change.class);
    assertFalse(play.desk.ticket(1).isLocked());
  }

  @Test
  void oneLeavesTheLine() {
    play.bobLocks(1).press("w");
    Effect.WaitForLock stand = play.next(Effect.WaitForLock.class);
    play.press("u");
    assertEquals("You left the line for #1.", play.status());
    assertEquals(stand.id(), play.last(Effect.CancelLockWait.class).id());
    play.lockGranted(stand.id(), null).lockRefused(stand.id(), "no");
    assertEquals("You left the line for #1.", play.status());
    play.press("w");
    assertEquals(2, play.all(Effect.WaitForLock.class).size());
  }

  @Test
  void aPlaceThatIsLostWithTheServerIsSaid() {
    play.bobLocks(1).press("w");
    long id = play.next(Effect.WaitForLock.class).id();
    play.lockWait(id, Phase.AWAY);
    assertEquals("The place in the line for #1 was lost with the server.", play.status());
    play.lockWait(id, Phase.BACK);
    assertEquals("You stand in the line for #1 again, at its end.", play.status());
    play.lockRefused(id, "there is no such ticket");
    assertEquals("There is no such ticket.", play.status());
    assertEquals(StatusLine.Kind.ALARM, play.model.status().kind());
    assertFalse(play.model.isWaitingFor(ticket(1).make().id()));
  }

  // Bells.

  @Test
  void itRingsWhenATicketIsAssignedToMe() {
    play.bobUpdates(1, TicketPatch.of(TicketField.ASSIGNEE, ALICE));
    assertEquals(1, play.bells());
    assertEquals("bob gave you #1: Ticket 1", play.status());
    assertEquals(StatusLine.Kind.ALARM, play.model.status().kind());
    play.seconds(5).bobUpdates(1, TicketPatch.of(TicketField.TITLE, "Other"));
    assertEquals(1, play.bells(), "it was mine already");
    play.bobUpdates(2, TicketPatch.of(TicketField.ASSIGNEE, BOB));
    assertEquals(1, play.bells());
  }

  @Test
  void itRingsWhenATicketIsMadeForMe() {
    TicketContent draft = TicketContent.titled("Yours");
    TicketContent mine =
        TicketContent.titled(draft.title())
            .with(TicketField.PRIORITY, draft.priority())
            .with(TicketField.ASSIGNEE, ALICE);
    play.by(BOB, new CreateTicket(null, null, mine));
    assertEquals(1, play.bells());
    String number = play.status().replaceAll("[^0-9]", "");
    assertEquals("bob gave you #" + number + ": Yours", play.status());
  }

  @Test
  void itRingsWhenMyLockIsTakenOrBroken() {
    play.press("l").answer().forget().bobSteals(1, "he is ill");
    assertEquals(1, play.bells());
    assertEquals("bob took the lock on #1 (Ticket 1) from alice: \"he is ill\"", play.status());
    play.seconds(5).press("Esc j l").answer().forget();
    LockBreak force = new LockBreak(play.desk.ticket(2).lock().token(), "sorry");
    play.by(BOB, new UnlockTicket(null, null, TicketRef.of(2), null, force, null));
    assertEquals(1, play.bells());
    assertEquals("bob broke alice's lock on #2 (Ticket 2): \"sorry\"", play.status());
  }

  @Test
  void itRingsForNothingElse() {
    play.bobLocks(1).bobUnlocks(1).bobUpdates(1, TicketPatch.of(TicketField.TITLE, "Other"));
    play.press("j l").answer();
    play.happened(play.desk.expire(2).orElseThrow());
    aliceLocksElsewhere(2);
    play.by(
        ALICE,
        new UpdateTicket(
            null,
            null,
            TicketRef.of(1),
            TicketPatch.of(TicketField.ASSIGNEE, ALICE),
            null,
            null,
            false));
    assertEquals(0, play.bells());
  }

  @Test
  void oneRingIsEnoughForWhatComesAtOnce() {
    for (int n = 0; n < 10; n++) {
      play.bobUpdates(1, TicketPatch.of(TicketField.ASSIGNEE, ALICE))
          .bobUpdates(1, TicketPatch.of(TicketField.ASSIGNEE, BOB));
    }
    assertEquals(1, play.bells());
    play.seconds(1).bobUpdates(1, TicketPatch.of(TicketField.ASSIGNEE, ALICE));
    assertEquals(2, play.bells());
  }

  @Test
  void theBellIsTurnedOffAndOn() {
    play.press("b");
    assertEquals("The bell is off.", play.status());
    play.bobUpdates(1, TicketPatch.of(TicketField.ASSIGNEE, ALICE));
    assertEquals(0, play.bells());
    assertEquals(StatusLine.Kind.ALARM, play.model.status().kind(), "it is said all the same");
    play.press("b");
    assertEquals("The bell is on.", play.status());
    play.seconds(2).bobUpdates(2, TicketPatch.of(TicketField.ASSIGNEE, ALICE));
    assertEquals(1, play.bells());
  }

  @Test
  void anAlarmStaysUntilSomebodySawIt() {
    play.bobUpdates(1, TicketPatch.of(TicketField.ASSIGNEE, ALICE)).seconds(3_600).bobLocks(2);
    assertEquals("bob gave you #1: Ticket 1", play.status());
    play.lose("the server went away").back();
    assertEquals("bob gave you #1: Ticket 1", play.status());
    play.press("Esc");
    assertEquals("", play.status());
  }

  // Small changes.

  @Test
  void assigningTakesANameMeOrNone() {
    play.press("a").press("Enter");
    assertEquals("type a name, me, or none for nobody", prompt().mistake());
    play.type("not a name").press("Enter");
    assertTrue(prompt().mistake().startsWith("assignee: "), prompt().mistake());
    play.press("Ctrl-U").type("bob").press("Enter").answer();
    assertEquals(BOB, play.desk.ticket(1).content().assignee());
    play.press("a").type("me").press("Enter").answer();
    assertEquals(ALICE, play.desk.ticket(1).content().assignee());
    play.press("a").type("none").press("Enter").answer();
    assertNull(play.desk.ticket(1).content().assignee());
    play.press("a Up");
    assertEquals("none", prompt().typed().text());
  }

  @Test
  void anAssignmentIsMadeToTheTicketOneWasOn() {
    play.press("a").bobLocks(2).type("bob");
    play.part(List.of(play.desk.ticket(2), play.desk.ticket(1)), 2, true, true, true);
    play.press("Enter");
    assertEquals(TicketRef.of(ticket(1).make().id()), ((UpdateTicket) play.lastChange()).ticket());
  }

  @Test
  void onePressesThePriority() {
    play.press("p").type("u").answer();
    assertEquals("You updated #1: priority normal → urgent.", play.status());
    play.press("p Esc");
    assertNull(play.model.input());
  }

  @Test
  void aTicketIsClosedAndReopened() {
    play.press("x");
    play.seconds(1);
    assertEquals("closing #1 …", play.model.waitingWords());
    play.answer();
    assertEquals("You closed #1.", play.status());
    play.press("x").answer();
    assertEquals("You reopened #1.", play.status());
  }

  @Test
  void tagsAreComparedWithThoseOneSaw() {
    Play tagged = Play.live(ticket(1).tags("old", "a, b").make());
    tagged.press("t");
    assertEquals("old, \"a, b\", ", ((LinePrompt) tagged.model.input()).typed().text());
    tagged.bobUpdates(1, TicketPatch.NOTHING.withTags(List.of("theirs"), List.of()));
    tagged.press("Ctrl-A Alt-d Delete".replace("Delete", "Del")).type("new,").press("Enter");
    assertEquals(
        TicketPatch.NOTHING.withTags(List.of("new"), List.of("old")),
        ((UpdateTicket) tagged.lastChange()).changes());
    tagged.answer();
    assertEquals(List.of("a, b", "theirs", "new"), tagged.desk.ticket(1).content().tags());
    tagged.press("t Enter");
    assertEquals("The tags of #1 stay as they are.", tagged.status());
  }

  @Test
  void whatIsTypedBehindTheTagsIsATagOfItsOwn() {
    Play tagged = Play.live(ticket(1).tags("old", "net lab").make());
    tagged.press("t");
    assertEquals("old, \"net lab\", ", ((LinePrompt) tagged.model.input()).typed().text());
    tagged.type("vip").press("Enter").answer();
    assertEquals(List.of("old", "net lab", "vip"), tagged.desk.ticket(1).content().tags());
    tagged.press("t").type("two words, \"one, more\",").press("Enter").answer();
    assertEquals(
        List.of("old", "net lab", "vip", "two words", "one, more"),
        tagged.desk.ticket(1).content().tags());
    tagged.press("t");
    assertEquals(
        "old, \"net lab\", vip, \"two words\", \"one, more\", ",
        ((LinePrompt) tagged.model.input()).typed().text());
    tagged.press("Enter");
    assertEquals("The tags of #1 stay as they are.", tagged.status());
    tagged.press("t Ctrl-U Enter").answer();
    assertEquals(List.of(), tagged.desk.ticket(1).content().tags());
    tagged.press("t");
    assertEquals("", ((LinePrompt) tagged.model.input()).typed().text());
  }

  @Test
  void tooManyOrTooLongTagsAreSaidUnderTheLine() {
    play.press("t").type("x".repeat(41)).press("Enter");
    assertTrue(prompt().mistake() != null && prompt().mistake().contains("40"), prompt() + "");
    play.press("Ctrl-U").type("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u").press("Enter");
    assertTrue(prompt().mistake().contains("20"), prompt().mistake());
  }

  @Test
  void aReaderIsRefusedInOneSentence() {
    for (String key : List.of("m", "x", "l", "C")) {
      play.press(key).refuse(Effect.Change.class, RejectionCode.FORBIDDEN, "readers only read");
      assertEquals("Readers only read.", play.status());
      assertNull(play.model.input());
    }
    play.press("e").refuse(Effect.Hold.class, RejectionCode.FORBIDDEN, "readers only read");
    assertEquals("Readers only read.", play.status());
    assertNull(play.model.input());
    assertEquals(Map.of(), play.model.pending().effects());
  }
}

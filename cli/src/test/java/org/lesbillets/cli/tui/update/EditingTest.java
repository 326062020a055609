package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.ALICE;
import static org.lesbillets.cli.tui.update.Play.BOB;
import static org.lesbillets.model.TicketMaker.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.FormLease.Phase;
import org.lesbillets.cli.tui.state.editor.Input.CommentBox;
import org.lesbillets.cli.tui.state.editor.Input.LinePrompt;
import org.lesbillets.cli.tui.state.editor.TicketForm;
import org.lesbillets.cli.tui.state.editor.TicketForm.Saving;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.CreateTicket;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Forms: the lock they are edited under, what is sent, and what others do meanwhile. */
class EditingTest {
  private final Play play =
      Play.live(
          ticket(1).title("Printer").description("Third floor.").tags("hardware").make(),
          ticket(2).title("Mail").make());

  private static final AgentName CAROL = new AgentName("carol");
  private static final TicketPatch THEIR_TITLE = TicketPatch.of(TicketField.TITLE, "Theirs");

  private static LockTicket lock(long number) {
    LockTerms terms = new LockTerms(null, null, "cli");
    return new LockTicket(null, null, TicketRef.of(number), null, terms, null, null);
  }

  private Play edit() {
    return play.press("e").answer();
  }

  private Phase phase() {
    return play.form().lease().phase();
  }

  private void changeTitle(String more) {
    play.type(more);
  }

  // The lock.

  @Test
  void theFormIsThereAtOnceAndItsLockIsAskedFor() {
    play.press("e");
    assertEquals(Phase.ASKED, phase());
    assertEquals(play.desk.ticket(1).id(), play.form().base().id());
    assertEquals(TicketRef.of(play.desk.ticket(1).id()), play.last(Effect.Hold.class).ticket());
    play.seconds(1);
    assertEquals("locking #1 …", play.model.waitingWords());
    play.answer();
    assertEquals(Phase.HELD, phase());
    assertEquals(play.desk.ticket(1).lock().token(), play.form().lease().token());
    assertNull(play.model.waitingWords());
  }

  @Test
  void thatOneWaitsIsToldWithinATenthOfASecondAndTheTimeForItIsKnown() {
    assertEquals(Long.MAX_VALUE, play.model.untilWaitingShown());
    play.press("e");
    Duration due = Duration.ofNanos(play.model.untilWaitingShown());
    assertTrue(due.toMillis() <= 60, "with a frame of 33 ms it is on the screen in time: " + due);
    play.after(due.minusNanos(1));
    assertNull(play.model.waitingWords());
    assertEquals(1, play.model.untilWaitingShown());
    play.after(Duration.ofNanos(1));
    assertEquals("locking #1 …", play.model.waitingWords());
    assertEquals(Long.MAX_VALUE, play.model.untilWaitingShown());
  }

  @Test
  void aLockThatIsRefusedClosesAFormNobodyHasTypedInto() {
    play.bobLocks(1).press("e").answer();
    assertNull(play.model.input());
    assertEquals("#1 is locked by bob: wait for it; w waits for it, L takes it.", play.status());
    assertEquals(StatusLine.Kind.REFUSED, play.model.status().kind());
  }

  @Test
  void aLockThatIsRefusedLeavesWhatWasTyped() {
    play.bobLocks(1).press("e").type("X").answer();
    assertEquals(Phase.BLOCKED, phase());
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals("#1 is locked by bob: wait for it.", play.form().lease().sentence());
    play.bobUnlocks(1);
    assertEquals("It is free by now: saving takes the lock.", play.form().lease().sentence());
    play.by(CAROL, lock(1));
    assertEquals("Carol locked #1 for 15m.", play.form().lease().sentence());
    play.by(CAROL, new UnlockTicket(null, null, TicketRef.of(1), null, null, null));
    play.press("Ctrl-S").answer();
    assertNull(play.model.input());
    assertEquals("PrinterX", play.desk.ticket(1).content().title());
  }

  @Test
  void leavingReleasesTheLock() {
    edit();
    long token = play.form().lease().token();
    play.press("Esc");
    assertNull(play.model.input());
    assertEquals(token, play.last(Effect.Release.class).token());
    play.answer();
    assertFalse(play.desk.ticket(1).isLocked());
  }

  @Test
  void whoLeavesBeforeTheLockIsThereDoesNotKeepIt() {
    play.press("e Esc").answer();
    assertNull(play.model.input());
    assertFalse(play.desk.ticket(1).isLocked());
  }

  @Test
  void whoComesBackBeforeTheLockIsThereGetsIt() {
    play.press("e Esc e");
    assertEquals(1, play.all(Effect.Hold.class).size(), "a second lock would be in its own way");
    play.answer();
    assertEquals(Phase.HELD, phase());
    assertTrue(play.desk.ticket(1).isLocked());
  }

  @Test
  void anotherTicketIsAnotherLock() {
    play.press("e Esc j e").answer();
    assertEquals(Phase.HELD, phase());
    assertFalse(play.desk.ticket(1).isLocked());
    assertTrue(play.desk.ticket(2).isLocked());
  }

  @Test
  void beingRobbedOfTheLockIsSaidInPlaceAndTheDraftStays() {
    edit();
    long token = play.form().lease().token();
    changeTitle("X");
    play.forget().bobSteals(1, "urgent");
    assertEquals(Phase.LOST, phase());
    String sentence = "bob took the lock on #1 from alice: \"urgent\"";
    assertEquals(sentence, play.form().lease().sentence());
    play.seconds(2).lost(1, token, "bob took it: \"urgent\"");
    assertEquals(sentence, play.form().lease().sentence());
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals("", play.status(), "it is said once, where it stands");
    assertEquals(1, play.bells());
    assertEquals("PrinterX", play.drafts.get("edit 1").fields().get(TicketField.TITLE).text());
    assertEquals(1, play.bells(), "the theft and the loss are one");
  }

  @Test
  void aTheftThatIsKnownByTheLossIsNotSaidAgain() {
    edit();
    changeTitle("X");
    play.forget().lost(1, play.form().lease().token(), "bob took it: \"urgent\"");
    play.seconds(2).bobSteals(1, "urgent");
    assertEquals("bob took it: \"urgent\"", play.form().lease().sentence());
    assertEquals("", play.status(), "it is said once, where it stands");
    assertEquals(1, play.bells());
    play.bobUnlocks(1);
    assertEquals("bob unlocked #1 (Printer)", play.status(), "what comes then is news");
  }

  @Test
  void whatWasTypedUnderALostLockIsSavedUnderANewOne() {
    edit();
    changeTitle("X");
    play.bobSteals(1, "urgent").lost(1, play.form().lease().token(), "bob took it");
    play.bobUnlocks(1).press("Ctrl-S");
    assertEquals(Saving.WISHED, play.form().saving());
    assertEquals(Phase.ASKED, phase());
    play.answer();
    assertEquals("PrinterX", play.desk.ticket(1).content().title());
    assertNull(play.model.input());
    assertFalse(play.desk.ticket(1).isLocked());
  }

  @Test
  void theLossOfAnotherLockIsNoLoss() {
    edit();
    play.lost(1, 4_711, "gone");
    assertEquals(Phase.HELD, phase());
    play.press("Esc").lost(1, 4_711, "gone");
    assertNull(play.model.input());
  }

  // Saving.

  @Test
  void savingNamesTokenAndRevisionAndUnlocks() {
    edit();
    changeTitle("X");
    long token = play.form().lease().token();
    play.press("Ctrl-S");
    UpdateTicket update = (UpdateTicket) play.last(Effect.Finish.class).change();
    assertEquals(TicketPatch.of(TicketField.TITLE, "PrinterX"), update.changes());
    assertEquals(token, update.token());
    assertEquals(1, update.ifRevision());
    assertTrue(update.unlock());
    assertEquals(Saving.SENT, play.form().saving());
    play.seconds(1);
    assertEquals("saving #1 …", play.model.waitingWords());
    play.answer();
    assertNull(play.model.input());
    assertEquals("You saved #1.", play.status());
    assertFalse(play.desk.ticket(1).isLocked());
    assertEquals(Map.of(), play.drafts);
  }

  @Test
  void enterGoesThroughTheFieldsToTheButtonThatSaves() {
    edit();
    changeTitle("X");
    play.press("Enter Enter Enter Enter Enter Enter Enter Enter Enter");
    assertNull(play.form().focused());
    play.press("Enter").answer();
    assertEquals("PrinterX", play.desk.ticket(1).content().title());
  }

  @Test
  void aSaveThatIsWishedIsSentWhenTheLockComes() {
    play.press("e").type("X").press("Ctrl-S");
    assertEquals(Saving.WISHED, play.form().saving());
    assertEquals(List.of(), play.all(Effect.Finish.class));
    changeTitle("Y");
    play.answer();
    assertEquals("PrinterXY", play.desk.ticket(1).content().title());
  }

  @Test
  void aFormThatSaysWhatItSaidIsReleased() {
    edit();
    changeTitle("X");
    play.press("Backspace Ctrl-S");
    assertNull(play.model.input());
    assertEquals("Nothing was changed: #1 stays as it is.", play.status());
    assertEquals(List.of(), play.all(Effect.Finish.class));
    play.answer();
    assertFalse(play.desk.ticket(1).isLocked());
    assertEquals(Map.of(), play.drafts);
  }

  @Test
  void blanksThatWereThereBeforeAreNoChange() {
    Play other = Play.live(ticket(1).title("  Blanks ").requester(" Ann ").make());
    other.press("e").answer().press("Down Down Down").type("bob").press("Ctrl-S").answer();
    assertEquals("  Blanks ", other.desk.ticket(1).content().title());
    assertEquals(" Ann ", other.desk.ticket(1).content().requester());
    assertEquals(BOB, other.desk.ticket(1).content().assignee());
  }

  @Test
  void everyFieldCanBeChanged() {
    edit();
    changeTitle("!");
    play.press("Tab").type("c").press("Tab").type("u").press("Tab").type("me");
    play.press("Tab").type("Ann").press("Tab").type("mail 4").press("Tab").type(", new");
    play.press("Tab")
        .type("2030-01-02T09:00Z")
        .press("Tab")
        .type(" Soon.")
        .press("Ctrl-S")
        .answer();
    TicketPatch patch = ((UpdateTicket) play.lastChange()).changes();
    assertEquals("Printer!", patch.get(TicketField.TITLE));
    assertEquals(TicketStatus.CLOSED, patch.get(TicketField.STATUS));
    assertEquals(Priority.URGENT, patch.get(TicketField.PRIORITY));
    assertEquals(ALICE, patch.get(TicketField.ASSIGNEE));
    assertEquals("Ann", patch.get(TicketField.REQUESTER));
    assertEquals("mail 4", patch.get(TicketField.REFERENCE));
    assertEquals(List.of("new"), patch.addTags());
    assertEquals(Instant.parse("2030-01-02T09:00:00Z"), patch.get(TicketField.WAKE_AT));
    assertEquals(List.of(), patch.removeTags());
    assertEquals("Third floor. Soon.", patch.get(TicketField.DESCRIPTION));
  }

  @Test
  void whatIsTypedTooLateIsLeftOutAndDoesNothingElse() {
    edit();
    changeTitle("!");
    play.press("Ctrl-S").type(" m").press("Backspace");
    assertEquals("It is being saved: what is typed now is left out.", play.form().notice());
    play.answer();
    assertNull(play.model.input());
    int before = play.effects.size();
    play.type("mx");
    assertEquals("What you typed on while it was sent is left out.", play.status());
    play.after(Duration.ofMillis(499)).type("x").after(Duration.ofMillis(499)).type("x");
    assertEquals(before, play.effects.size());
    play.after(Duration.ofMillis(500)).type("x");
    assertEquals("closing #1", play.model.pending().effects().values().iterator().next().words());
  }

  @Test
  void theDescriptionHasLinesAndTheOtherFieldsOne() {
    edit();
    play.press("Alt-Enter");
    assertEquals("Printer", play.form().value(TicketField.TITLE).text());
    assertEquals(1, play.form().focus());
    play.press("Alt-Enter Alt-Enter Alt-Enter Alt-Enter Alt-Enter Alt-Enter Alt-Enter");
    play.press("Alt-Enter").type("Soon.").press("Ctrl-J Tab Alt-Enter Ctrl-S").answer();
    TicketPatch patch = ((UpdateTicket) play.lastChange()).changes();
    assertEquals("Third floor.\nSoon.\n", patch.get(TicketField.DESCRIPTION));
    assertEquals(1, play.all(Effect.Finish.class).size());
  }

  @Test
  void aChoiceIsTurnedAndChosen() {
    edit();
    play.press("Tab Tab Right");
    assertEquals("high", play.field(TicketField.PRIORITY));
    play.press("Left Left");
    assertEquals("low", play.field(TicketField.PRIORITY));
    play.press("Left");
    assertEquals("urgent", play.field(TicketField.PRIORITY));
    play.press("Space");
    assertEquals("low", play.field(TicketField.PRIORITY));
    play.type("h").type("z");
    assertEquals("high", play.field(TicketField.PRIORITY));
    play.paste("urgent");
    assertEquals("urgent", play.field(TicketField.PRIORITY));
    play.paste("");
    assertEquals("urgent", play.field(TicketField.PRIORITY));
  }

  @ParameterizedTest
  @CsvSource({"2h, 2026-11-22T11:00:00Z", "tomorrow 9:05, 2026-11-23T09:05:00Z"})
  void aTimeIsTypedAsForSnooze(String typed, Instant moment) {
    edit();
    play.press("Tab Tab Tab Tab Tab Tab Tab").type(typed).press("Ctrl-S").answer();
    TicketPatch patch = ((UpdateTicket) play.lastChange()).changes();
    assertEquals(moment, patch.get(TicketField.WAKE_AT));
  }

  @Test
  void aKeyLetsATicketSleepAndWakesIt() {
    play.press("z");
    assertEquals("as in 2h, tomorrow 9:00, fri 17:00", prompt().hint());
    play.press("Enter");
    assertTrue(prompt().mistake().startsWith("say until when"), prompt().mistake());
    play.type("soon").press("Enter");
    assertTrue(prompt().mistake().contains("'soon' is no time"), prompt().mistake());
    play.press("Ctrl-U").type("2h").press("Enter").answer();
    assertNull(play.model.input());
    Instant until = Instant.parse("2026-11-22T11:00:00Z");
    assertEquals(until, play.desk.ticket(1).content().wakeAt());
    assertNull(play.desk.ticket(1).lock(), "it needs none");
    play.press("z");
    assertEquals("2026-11-22 11:00", prompt().typed().text());
    assertEquals("empty: #1 wakes now", prompt().hint());
    play.press("Enter");
    assertEquals("#1 sleeps on.", play.status());
    play.press("z Ctrl-U Enter").answer();
    assertFalse(play.desk.ticket(1).isAsleep());
  }

  @Test
  void aClosedTicketDoesNotSleep() {
    play.press("x").answer().press("z");
    assertNull(play.model.input());
    assertEquals("#1 is closed: only open tickets sleep.", play.status());
  }

  private LinePrompt prompt() {
    return (LinePrompt) play.model.input();
  }

  @Test
  void whatCannotBeSentIsSaidAndStays() {
    edit();
    play.press("Ctrl-U Ctrl-S");
    assertTrue(play.form().notice().startsWith("Title "), play.form().notice());
    assertEquals(Saving.NO, play.form().saving());
    play.type("T").press("Tab Tab Tab").type("not a name").press("Ctrl-S");
    assertTrue(play.form().notice().startsWith("Assignee: "), play.form().notice());
    assertEquals("not a name", play.field(TicketField.ASSIGNEE));
    assertEquals(List.of(), play.all(Effect.Finish.class));
  }

  @Test
  void whatIsUnderWayTakesNoMoreText() {
    edit();
    changeTitle("X");
    play.press("Ctrl-S").type("Y").paste("Z").press("Backspace Ctrl-O Ctrl-S Ctrl-K Tab");
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals(1, play.all(Effect.Finish.class).size());
    assertEquals(List.of(), play.all(Effect.Edit.class));
  }

  @Test
  void aRefusalKeepsTheFormTheLockAndTheText() {
    edit();
    changeTitle("X");
    play.press("Ctrl-S");
    play.refuse(Effect.Finish.class, RejectionCode.READ_ONLY, "the disk of the server is full");
    assertEquals(Saving.NO, play.form().saving());
    assertEquals("The disk of the server is full.", play.form().notice());
    assertEquals(Phase.HELD, phase());
    play.press("Ctrl-S").answer();
    assertEquals("PrinterX", play.desk.ticket(1).content().title());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x", "ß!", "🔥"})
  void aRefusalCanSayAnything(String sentence) {
    edit();
    changeTitle("X");
    play.press("Ctrl-S").refuse(Effect.Finish.class, null, sentence);
    assertNotNull(play.form().notice());
    assertFalse(play.form().notice().isBlank());
  }

  @Test
  void aLostTokenIsALostLock() {
    edit();
    long token = play.form().lease().token();
    changeTitle("X");
    play.press("Ctrl-S");
    play.refuse(Effect.Finish.class, RejectionCode.STALE_TOKEN, "the lock with token 5 is lost");
    assertEquals(Phase.LOST, phase());
    assertEquals("The lock with token 5 is lost.", play.form().lease().sentence());
    assertEquals(token, play.last(Effect.Release.class).token(), "nobody renews it any more");
    play.bobUpdates(2, THEIR_TITLE).press("Ctrl-S");
    assertEquals(2, play.all(Effect.Hold.class).size());
  }

  // Others.

  @Test
  void whatOthersChangeComesIntoTheFieldsOneHasNotTouched() {
    edit();
    changeTitle("X");
    // The tags need no lock, and who has the lock twice can change everything.
    play.bobUpdates(1, TicketPatch.NOTHING.withTags(List.of("urgent"), List.of()));
    play.by(ALICE, update(1, TicketPatch.of(TicketField.STATUS, TicketStatus.CLOSED)));
    assertEquals("hardware, urgent", play.field(TicketField.TAGS));
    assertEquals("closed", play.field(TicketField.STATUS));
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals(Map.of(), play.form().theirs());
    assertEquals(play.desk.ticket(1).changedRevision(), play.form().base().revision());
  }

  private static ClientMessage.Change update(long number, TicketPatch patch) {
    return new UpdateTicket(null, null, TicketRef.of(number), patch, null, null, false);
  }

  @Test
  void whatBothChangeStaysAsOneTypedItAndTheirsIsShown() {
    edit();
    changeTitle("X");
    play.by(ALICE, update(1, THEIR_TITLE));
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals(Map.of(TicketField.TITLE, "Theirs"), play.form().theirs());
    play.by(ALICE, update(1, TicketPatch.of(TicketField.TITLE, "PrinterX")));
    assertEquals(Map.of(), play.form().theirs());
    play.by(ALICE, update(1, TicketPatch.of(TicketField.TITLE, "Again")));
    assertEquals(Map.of(TicketField.TITLE, "Again"), play.form().theirs());
    assertEquals("PrinterX", play.field(TicketField.TITLE));
  }

  @Test
  void aFieldOneIsTypingInIsNotChangedThoughItSaysWhatItSaid() {
    edit();
    changeTitle("X");
    play.press("Backspace").by(ALICE, update(1, THEIR_TITLE));
    assertEquals("Printer", play.field(TicketField.TITLE));
    assertEquals(Map.of(TicketField.TITLE, "Theirs"), play.form().theirs());
  }

  @Test
  void aFieldOneHasLeftAsItWasFollows() {
    edit();
    changeTitle("X");
    play.press("Backspace Tab").by(ALICE, update(1, THEIR_TITLE));
    assertEquals("Theirs", play.field(TicketField.TITLE));
    assertEquals(Map.of(), play.form().theirs());
  }

  @Test
  void aSaveThatComesTooLateIsBroughtOverWithWhatTheyWrote() {
    edit();
    changeTitle("X");
    play.press("Ctrl-S").by(ALICE, update(1, THEIR_TITLE)).answer();
    assertEquals(Saving.NO, play.form().saving());
    assertEquals("It was changed meanwhile: look at it.", play.form().notice());
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals(Map.of(TicketField.TITLE, "Theirs"), play.form().theirs());
    play.press("Ctrl-S").answer();
    assertEquals("PrinterX", play.desk.ticket(1).content().title());
  }

  @Test
  void aReloadedDeskIsBroughtInAsWell() {
    edit();
    changeTitle("X");
    play.lose("the server went away");
    play.decide(ALICE, update(1, TicketPatch.NOTHING.withTags(List.of("urgent"), List.of())));
    play.decide(ALICE, update(1, THEIR_TITLE));
    play.snapshot(true).liven();
    assertEquals("hardware, urgent", play.field(TicketField.TAGS));
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals(Map.of(TicketField.TITLE, "Theirs"), play.form().theirs());
  }

  // New tickets.

  @Test
  void aNewTicketIsCreatedAndTheCursorGoesThere() {
    play.press("n").type("New one").press("Tab").type("h").press("Ctrl-S");
    CreateTicket create = (CreateTicket) play.lastChange();
    assertEquals("New one", create.content().title());
    assertEquals(Priority.HIGH, create.content().priority());
    play.answer();
    assertNull(play.model.input());
    assertEquals("You created #3.", play.status());
    assertEquals(3, play.selected());
  }

  @Test
  void theCursorGoesToANewTicketThatIsToldLater() {
    play.press("n").type("New one").press("Ctrl-S");
    Effect.Change change = play.next(Effect.Change.class);
    SequencedEvent event = play.decide(ALICE, change.change());
    play.take(new EffectResult.Done(change.id(), EventMessage.answer(event, "1")));
    assertEquals(1, play.selected());
    play.happened(event);
    assertEquals(3, play.selected());
  }

  @Test
  void theCursorOfSomebodyWhoWentElsewhereStays() {
    play.press("n").type("New one").press("Ctrl-S");
    Effect.Change change = play.next(Effect.Change.class);
    SequencedEvent event = play.decide(ALICE, change.change());
    play.take(new EffectResult.Done(change.id(), EventMessage.answer(event, "1")));
    play.press("j").happened(event);
    assertEquals(2, play.selected());
  }

  @Test
  void aNewTicketWithoutATitleIsNotSent() {
    play.press("n Ctrl-S");
    assertTrue(play.form().notice().startsWith("Title "), play.form().notice());
    assertEquals(List.of(), play.all(Effect.Change.class));
  }

  @Test
  void assigningToMeNeedsToKnowWhoThatIs() {
    Play unborn = new Play(Play.settings(Play.view(null, "", "number")));
    unborn.press("n").type("T").press("Tab Tab").type("me").press("Ctrl-S");
    assertEquals("Assignee: the server has not said yet who you are.", unborn.form().notice());
  }

  // Whoever does not wait for the answer.

  @Test
  void aSaveThatSomebodyDidNotWaitForIsSaidAndForgotten() {
    edit();
    changeTitle("X");
    play.press("Ctrl-S Esc");
    assertNull(play.model.input());
    assertNotNull(play.drafts.get("edit 1"));
    play.answer();
    assertEquals("You saved #1.", play.status());
    assertEquals(Map.of(), play.drafts);
  }

  @Test
  void theAnswerToAnEarlierSaveDoesNotCloseAnotherForm() {
    edit();
    changeTitle("X");
    play.press("Ctrl-S");
    Effect.Finish first = play.next(Effect.Finish.class);
    play.press("Esc").press("e").answer();
    play.press("Tab Tab Tab Tab").type("Ann");
    play.take(
        new EffectResult.Refused(first.id(), RejectionCode.TIMEOUT, "nobody answered in time"));
    assertEquals("Ann", play.field(TicketField.REQUESTER));
    assertNull(play.form().notice());
    assertEquals("Nobody answered in time. What you wrote is kept as a draft.", play.status());
  }

  @Test
  void theAnswerToANewTicketDoesNotCloseWhatIsTypedByThen() {
    play.press("n").type("New one").press("Ctrl-S Esc c").type("A comment").answer();
    assertEquals("You created #3.", play.status());
    assertTrue(play.model.input() instanceof CommentBox);
    play.press("Esc n");
    assertEquals("", play.field(TicketField.TITLE));
  }

  @Test
  void aDraftThatWasWrittenSinceItWasSentStays() {
    play.press("n").type("New one").press("Ctrl-S");
    Effect.Change first = play.next(Effect.Change.class);
    play.press("Esc n");
    assertEquals("New one", play.field(TicketField.TITLE));
    play.type(" and another").press("Esc");
    SequencedEvent event = play.decide(ALICE, first.change());
    play.happened(event).take(new EffectResult.Done(first.id(), EventMessage.answer(event, "1")));
    assertEquals(
        "New one and another", play.drafts.get("new").fields().get(TicketField.TITLE).text());
  }

  // The description.

  @Test
  void theDescriptionIsEditedUnderTheLockAndSent() {
    play.press("d");
    assertEquals(List.of(), play.all(Effect.Edit.class));
    play.answer(Effect.Hold.class);
    assertEquals("Third floor.", play.last(Effect.Edit.class).text());
    play.edited("Fourth floor.");
    assertEquals(1, play.all(Effect.LoopCommand.REPAINT).size());
    play.answer();
    assertEquals("Fourth floor.", play.desk.ticket(1).content().description());
    assertNull(play.model.input());
    assertFalse(play.desk.ticket(1).isLocked());
  }

  @Test
  void aDescriptionThatStaysIsReleased() {
    play.press("d").answer(Effect.Hold.class).edited("Third floor.");
    assertNull(play.model.input());
    assertEquals("Nothing was changed: #1 stays as it is.", play.status());
    play.answer();
    assertFalse(play.desk.ticket(1).isLocked());
  }

  @Test
  void anEditorThatFailsChangesNothingAndSaysWhy() {
    play.press("d").answer(Effect.Hold.class);
    play.take(
        new EffectResult.Edited(
            play.next(Effect.Edit.class).id(), null, "the editor ended with exit code 1"));
    assertNull(play.model.input());
    assertEquals("The editor ended with exit code 1.", play.status());
    play.answer();
    assertFalse(play.desk.ticket(1).isLocked());
  }

  @Test
  void aFormGoesOnInTheEditorAndComesBack() {
    edit();
    changeTitle("X");
    play.press("Ctrl-O").edited("Fourth floor.");
    assertEquals("Fourth floor.", play.field(TicketField.DESCRIPTION));
    assertEquals("PrinterX", play.field(TicketField.TITLE));
    assertEquals(List.of(), play.all(Effect.Finish.class));
  }

  @Test
  void aLockThatIsRefusedMeanwhileDoesNotCostWhatTheEditorWrote() {
    play.bobLocks(1).press("e Ctrl-O").answer(Effect.Hold.class).edited("Fourth floor.");
    assertEquals("Fourth floor.", play.field(TicketField.DESCRIPTION));
    assertEquals(Phase.BLOCKED, phase());
  }

  @Test
  void whatOthersWroteMeanwhileIsNotWrittenOver() {
    play.press("d").answer(Effect.Hold.class);
    play.by(ALICE, update(1, description("Fifth floor.")));
    play.edited("Fourth floor.");
    assertEquals("Fourth floor.", play.field(TicketField.DESCRIPTION));
    assertEquals(Map.of(TicketField.DESCRIPTION, "Fifth floor."), play.form().theirs());
    assertEquals("Others changed it meanwhile: look at both, and save.", play.form().notice());
    assertEquals(List.of(), play.all(Effect.Finish.class));
  }

  @Test
  void whatOthersWroteMeanwhileStandsWhereOneWroteNothing() {
    play.press("d").answer(Effect.Hold.class);
    play.by(ALICE, update(1, description("Fifth floor.")));
    play.edited("Third floor.").answer();
    assertNull(play.model.input());
    assertEquals("Fifth floor.", play.desk.ticket(1).content().description());
  }

  private static TicketPatch description(String text) {
    return TicketPatch.NOTHING.withIfAny(TicketField.DESCRIPTION, text);
  }

  @Test
  void aLockThatIsLostMeanwhileIsAskedForAgain() {
    play.press("d").answer(Effect.Hold.class);
    long token = play.form().lease().token();
    play.bobSteals(1, "urgent").lost(1, token, "bob took it");
    play.edited("Fourth floor.");
    assertEquals(Saving.WISHED, play.form().saving());
    play.answer();
    assertEquals(Phase.BLOCKED, phase());
    assertEquals("Fourth floor.", play.field(TicketField.DESCRIPTION));
  }

  // Leaving.

  @Test
  void escapeKeepsADraftAndSaysSo() {
    edit();
    changeTitle("X");
    play.press("Esc");
    assertEquals("What you wrote of #1 is kept as a draft.", play.status());
    assertEquals("PrinterX", play.drafts.get("edit 1").fields().get(TicketField.TITLE).text());
    play.press("n").type("Y").press("Esc");
    assertEquals("The new ticket is kept as a draft.", play.status());
  }

  @Test
  void whatWasTypedAndErasedIsNoDraft() {
    edit();
    changeTitle("X");
    play.seconds(2).press("Backspace Esc");
    assertEquals(Map.of(), play.drafts);
    assertEquals("", play.status());
  }

  @Test
  void throwingAwayForgetsTheDraft() {
    edit();
    changeTitle("X");
    play.seconds(2);
    assertNotNull(play.drafts.get("edit 1"));
    play.press("Ctrl-X").answer();
    assertNull(play.model.input());
    assertEquals(Map.of(), play.drafts);
    assertFalse(play.desk.ticket(1).isLocked());
  }

  @Test
  void aTicketThatIsNotThereAnyMoreIsAnsweredForByTheServer() {
    edit();
    changeTitle("X");
    play.part(List.of(), 0, true, true, true).press("Ctrl-S");
    play.refuse(Effect.Finish.class, RejectionCode.NOT_FOUND, "there is no ticket");
    assertEquals("There is no ticket.", play.form().notice());
    assertEquals("PrinterX", play.field(TicketField.TITLE));
  }

  @Test
  void theFieldsAreGoneThroughUpAndDown() {
    edit();
    TicketForm form = play.form();
    for (TicketField<?> field : form.fields()) {
      assertEquals(field, play.form().focused());
      play.press("Down");
    }
    assertNull(play.form().focused());
    play.press("Tab");
    assertEquals(TicketField.TITLE, play.form().focused());
    play.press("Up Shift-Tab");
    assertEquals(TicketField.DESCRIPTION, play.form().focused());
  }

  @Test
  void anybodyCanBeTheAssignee() {
    edit();
    play.press("Tab Tab Tab").type("carol").press("Ctrl-S").answer();
    assertEquals(new AgentName("carol"), play.desk.ticket(1).content().assignee());
  }
}

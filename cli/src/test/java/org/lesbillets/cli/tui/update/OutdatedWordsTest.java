package org.lesbillets.cli.tui.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.tui.update.Play.ALICE;
import static org.lesbillets.cli.tui.update.Play.BOB;
import static org.lesbillets.model.TicketMaker.ticket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.tui.event.Effect;
import org.lesbillets.cli.tui.event.EffectResult;
import org.lesbillets.cli.tui.event.EffectResult.LockWaitChanged.Phase;
import org.lesbillets.cli.tui.state.StatusLine;
import org.lesbillets.cli.tui.state.editor.DraftKey;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;

/** What is said of a lock is not said any longer than it is so. */
class OutdatedWordsTest {
  private final Play play = Play.live(ticket(1).make(), ticket(2).make());

  @ParameterizedTest
  @ValueSource(strings = {"l", "e", "x", "m", "u"})
  void aRefusalGoesWithTheLockItSpeaksOf(String key) {
    play.bobLocks(1).press(key).answer();
    assertEquals(StatusLine.Kind.REFUSED, play.model.status().kind());
    String refusal = play.status();
    play.bobLocks(2).bobUpdates(1, TicketPatch.of(TicketField.TITLE, "Other"));
    assertEquals(refusal, play.status(), "it is so still");
    play.bobUnlocks(1);
    assertEquals("bob unlocked #1 (Other)", play.status());
    assertEquals(StatusLine.Kind.HAPPENED, play.model.status().kind());
  }

  @Test
  void aRenewedLockIsTheSame() {
    play.bobLocks(1).press("l").answer();
    String refusal = play.status();
    long token = play.desk.ticket(1).lock().token();
    play.by(
        BOB,
        new LockTicket(
            null, null, TicketRef.of(1), token, new LockTerms(null, null, "cli"), null, null));
    assertEquals(refusal, play.status());
  }

  @Test
  void aReloadThatKnowsBetterTakesItAway() {
    play.bobLocks(1).press("l").answer();
    play.decide(BOB, new UnlockTicket(null, null, TicketRef.of(1), null, null, null));
    play.lose("the server went away").welcome(ALICE).snapshot(true).liven();
    assertEquals(StatusLine.Kind.DONE, play.model.status().kind());
    assertTrue(play.status().contains("and reloaded: "), play.status());
  }

  @Test
  void aRefusalThatComesBehindTheNewsOfItsEndSaysSo() {
    play.bobLocks(1).press("l");
    TicketLock lock = play.desk.ticket(1).lock();
    Effect.Change asked = play.next(Effect.Change.class);
    play.bobUnlocks(1);
    play.take(new EffectResult.Refused(asked.id(), RejectionCode.LOCKED, "Bob has it.", lock));
    assertEquals("#1 was locked until just now: try again.", play.status());
  }

  @Test
  void thatNobodyHoldsALockIsSaidUntilItIsHeld() {
    play.press("u");
    assertEquals("Nobody holds the lock of #1.", play.status());
    play.bobLocks(1);
    assertEquals("bob locked #1 (Ticket 1) for 15m", play.status());
  }

  @Test
  void thatOneHoldsALockIsSaidUntilItEnds() {
    play.press("l").answer().press("L");
    assertEquals("You hold it here: u unlocks #1.", play.status());
    play.happened(play.desk.expire(1).orElseThrow());
    assertEquals("alice's lock on #1 (Ticket 1) expired", play.status());
  }

  private SequencedEvent turn() {
    play.bobLocks(1).press("w");
    Effect.WaitForLock stand = play.next(Effect.WaitForLock.class);
    play.lockWait(stand.id(), Phase.WAITING).bobUnlocks(1);
    SequencedEvent granted =
        play.decide(
            ALICE,
            new LockTicket(null, null, TicketRef.of(1), null, stand.lock().terms(), null, null));
    play.happened(granted).lockGranted(stand.id(), granted);
    assertEquals("It is your turn: #1 is locked by you.", play.status());
    return granted;
  }

  @Test
  void aTurnThatWasMissedIsSaidToBeOver() {
    turn();
    play.seconds(1_000).happened(play.desk.expire(1).orElseThrow());
    assertEquals("It was your turn, but alice's lock on #1 expired.", play.status());
    assertEquals(StatusLine.Kind.ALARM, play.model.status().kind());
  }

  @Test
  void aTurnThatWasUsedIsNotSpokenOfAnyMore() {
    turn();
    play.press("u").answer();
    assertEquals("You unlocked #1.", play.status());
  }

  @Test
  void aRobberyIsToldOnce() {
    play.press("l").answer().forget().bobSteals(1, "urgent").seconds(5);
    assertEquals("bob took the lock on #1 (Ticket 1) from alice: \"urgent\"", play.status());
    assertEquals(1, play.bells());
    play.press("e").type("X").answer().forget();
    assertEquals(0, play.bells());
  }

  @Test
  void aDiskThatWorksAgainIsNotSpokenIllOf() {
    play.diskIsSlow = true;
    play.press("n").type("a").seconds(1);
    DraftKey key = new DraftKey.OfNew();
    play.take(new EffectResult.DraftSaved(key, null, "the disk is full"));
    assertEquals("What you typed is not on disk: the disk is full", play.status());
    play.take(new EffectResult.DraftSaved(key, "/drafts/new", null));
    assertEquals("", play.status());
  }
}

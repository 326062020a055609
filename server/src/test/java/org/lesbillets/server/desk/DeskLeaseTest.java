package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.RuleSamples;
import org.lesbillets.model.rules.TicketRules;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.sqlite.SqliteJournal;

/** Leases end when they end: not before, not after, and before anything else on their ticket. */
class DeskLeaseTest {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration MILLI = Duration.ofMillis(1);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");
  private long token;

  @BeforeEach
  void lock() {
    hand.done(alice, Ask.create("create", "Printer"));
    token = hand.done(alice, Ask.lock("lock", 1, TTL)).revision();
  }

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private void pause() {
    hand.clock().pause();
    hand.settle();
  }

  private void assertExpiring() {
    TicketUnlocked end = (TicketUnlocked) hand.journal().only().append().event();
    assertEquals(UnlockReason.EXPIRED, end.reason());
    assertNull(end.by());
    assertEquals(token, end.ended().token());
  }

  @Test
  void aLeaseEndsOnItsMillisecond() {
    hand.pass(TTL.minus(MILLI));
    assertEquals(List.of(), hand.journal().held());
    assertEquals(MILLI, hand.desk().lockTimes().remaining(hand.ticket(1).id(), token));
    hand.clock().advanceNanos(999_999);
    hand.settle();
    assertEquals(List.of(), hand.journal().held(), "a nanosecond early");
    assertEquals(MILLI, hand.desk().lockTimes().remaining(hand.ticket(1).id(), token));
    hand.clock().advanceNanos(1);
    hand.settle();
    assertExpiring();
    assertEquals(Duration.ZERO, hand.desk().lockTimes().remaining(hand.ticket(1).id(), token));
    assertTrue(hand.ticket(1).isLocked(), "until that is durable");
    hand.writeAll();
    assertFalse(hand.ticket(1).isLocked());
    assertEquals("TicketUnlocked", hand.last().event().type());
  }

  @Test
  void theWallClockHasNoSayInIt() {
    hand.clock().jump(Duration.ofDays(1));
    hand.settle();
    assertEquals(List.of(), hand.journal().held());
    hand.clock().jump(Duration.ofDays(-2));
    hand.pass(TTL);
    assertExpiring();
    hand.writeAll();
  }

  @Test
  void aRenewalCountsFromItsOwnMoment() {
    hand.pass(TTL.minus(MILLI));
    TicketLocked renewed = (TicketLocked) hand.done(alice, Ask.renew("renew", 1, token)).event();
    assertTrue(renewed.renewed());
    assertEquals(token, renewed.ticket().lock().token());
    assertEquals(hand.happened().get(1).event().event().at(), renewed.ticket().lock().since());
    hand.pass(TTL.minus(MILLI));
    assertEquals(List.of(), hand.journal().held());
    hand.pass(MILLI);
    assertExpiring();
    hand.writeAll();
  }

  private void obstruct(String reason) {
    hand.journal().obstruct(reason);
    hand.settle();
  }

  private Duration remaining() {
    return hand.desk().lockTimes().remaining(hand.ticket(1).id(), token);
  }

  /** Nobody could renew it; the lease of a dead holder ends all the same, after that. */
  @Test
  void noLeaseEndsWhileNothingCanBeWritten() {
    for (Duration afterwards : List.of(TTL, MILLI)) {
      hand.pass(TTL.minus(MILLI));
      obstruct("The journal is being rewritten.");
      assertEquals(afterwards, remaining(), "what it has afterwards, and no more");
      hand.pass(TTL.multipliedBy(20));
      assertEquals(List.of(), hand.journal().held());
      assertEquals(afterwards, remaining());
      obstruct(null);
      assertEquals(List.of(), hand.journal().held());
      assertEquals(afterwards, remaining());
    }
    hand.pass(MILLI);
    assertExpiring();
    hand.writeAll();
  }

  /** What is being written may end it, whatever became of the disk since. */
  @Test
  void aLeaseThatWasOverBeforeNothingCouldBeWrittenHasNothingLeft() {
    hand.pass(TTL);
    assertExpiring();
    obstruct("The disk does not answer.");
    assertEquals(Duration.ZERO, remaining());
    obstruct(null);
    hand.writeAll();
  }

  /** Its ticket is nobody else's before the server has started again, and it has its ttl then. */
  @Test
  void noLeaseEndsWhenTheJournalHasFailed() {
    hand.pass(MILLI);
    hand.journal().poison("The disk is full.");
    hand.settle();
    hand.pass(TTL.multipliedBy(20));
    assertEquals(TTL, remaining());
  }

  @Test
  void afterAPauseOfTheServerALeaseHasItsWholeTimeAgain() {
    hand.pass(TTL.minus(MILLI));
    hand.clock().pause();
    hand.pass(MILLI);
    assertEquals(List.of(), hand.journal().held(), "it would have ended before the pause is seen");
    assertEquals(TTL, hand.desk().lockTimes().remaining(hand.ticket(1).id(), token));
    hand.pass(TTL.minus(MILLI));
    assertEquals(List.of(), hand.journal().held());
    hand.pass(MILLI);
    assertExpiring();
    hand.writeAll();
  }

  /** Else the ticket of a dead holder would stay locked on a server that stops now and then. */
  @Test
  void aLeaseIsExtendedOnceUntilItIsRenewed() {
    pause();
    hand.pass(TTL.dividedBy(2));
    pause();
    hand.pass(TTL.dividedBy(2));
    assertExpiring();
    hand.writeAll();
    long next = hand.done(bob, Ask.lock("lock", 1, TTL)).revision();
    pause();
    hand.pass(TTL.minus(MILLI));
    hand.done(bob, Ask.renew("renew", 1, next));
    hand.pass(TTL.minus(MILLI));
    pause();
    hand.pass(TTL.minus(MILLI));
    assertEquals(next, hand.ticket(1).lock().token());
    assertEquals(List.of(), hand.journal().held());
  }

  @Test
  void aRenewalMayShortenALease() {
    LockTerms terms = new LockTerms(Duration.ofSeconds(1), null, null);
    hand.done(alice, Ask.lock("renew", 1, token, terms));
    hand.pass(Duration.ofMillis(999));
    assertEquals(List.of(), hand.journal().held());
    hand.pass(MILLI);
    assertExpiring();
    hand.writeAll();
  }

  @Test
  void anythingAskedAfterTheEndComesAfterTheEnd() {
    hand.clock().advance(TTL);
    hand.desk().submit(alice, Ask.renew("renew", 1, token));
    hand.desk().submit(bob, Ask.lock("lock", 1, TTL));
    hand.desk().submit(bob, Ask.comment("comment", 1, "At last"));
    hand.settle();
    assertExpiring();
    hand.writeAll();
    assertEquals(RejectionCode.STALE_TOKEN, alice.code("renew"));
    assertEquals("bob", hand.ticket(1).lock().holder().value());
    assertEquals(
        List.of("TicketUnlocked", "TicketLocked", "TicketCommented"), hand.told().subList(2, 5));
  }

  @Test
  void aLeaseThatEndsWhileAnAppendIsInFlightEndsRightAfterIt() {
    hand.ask(bob, Ask.comment("comment", 1, "Hello"));
    hand.ask(bob, Ask.lock("lock", 1));
    hand.pass(TTL);
    assertEquals("TicketCommented", hand.journal().only().append().event().type());
    hand.writeNext();
    assertExpiring();
    assertEquals(List.of("comment"), bob.answered());
    hand.writeAll();
    assertEquals("bob", hand.ticket(1).lock().holder().value());
  }

  @Test
  void aRenewalDecidedInTimeHoldsHoweverLongItIsWritten() {
    hand.pass(TTL.minus(MILLI));
    hand.ask(alice, Ask.renew("renew", 1, token));
    hand.pass(TTL);
    hand.pass(TTL);
    hand.writeNext();
    assertEquals(List.of(), hand.journal().held(), "the lease has begun again");
    assertTrue(((TicketLocked) alice.event("renew").event().event()).renewed());
    hand.pass(TTL.minus(MILLI));
    assertEquals(List.of(), hand.journal().held());
    hand.pass(MILLI);
    assertExpiring();
    hand.writeAll();
  }

  @Test
  void aRenewalThatIsNotWrittenDoesNotHold() {
    hand.pass(TTL.minus(MILLI));
    hand.ask(alice, Ask.renew("renew", 1, token));
    hand.pass(MILLI);
    hand.conclude(new Outcome.Busy());
    assertExpiring();
    hand.writeAll();
    assertEquals(RejectionCode.BUSY, alice.code("renew"));
  }

  @Test
  void aReleaseInTimeLeavesNothingToExpire() {
    hand.pass(TTL.minus(MILLI));
    hand.done(alice, Ask.unlock("unlock", 1, token));
    hand.pass(TTL);
    assertEquals(List.of(), hand.journal().held());
    hand.done(bob, Ask.lock("lock", 1, TTL));
    hand.pass(TTL.minus(MILLI));
    assertEquals(List.of(), hand.journal().held(), "the old lease is forgotten");
  }

  @Test
  void anEndThatContradictsTheJournalIsNotTriedAgain() {
    hand.pass(TTL);
    hand.conclude(new Outcome.Conflict(0));
    assertTrue(hand.journal().failure().contains("contradicts itself"));
    hand.pass(TTL);
    assertEquals(List.of(), hand.journal().held());
  }

  @Test
  void anEndThatCannotBeWrittenIsTriedAFewTimes() {
    hand.pass(TTL);
    int tries = 0;
    while (hand.journal().failure() == null && tries < 100) {
      hand.conclude(new Outcome.Unknown("the event could not be written"));
      hand.pass(TTL);
      tries++;
    }
    assertEquals(TimedEvents.ATTEMPTS, tries);
    assertEquals(List.of(), hand.journal().held());
  }

  @Test
  void otherChangesLeaveTheLeaseAsItIs() {
    hand.pass(TTL.minus(MILLI));
    hand.done(alice, Ask.title("title", 1, "New"));
    hand.done(bob, Ask.comment("comment", 1, "Hello"));
    hand.pass(MILLI);
    assertExpiring();
    hand.writeAll();
  }

  @Test
  void leasesEndInTheOrderOfTheirDeadlines() {
    hand.done(bob, Ask.create("b", "Two"));
    hand.done(bob, Ask.create("c", "Three"));
    hand.done(bob, Ask.lock("d", 2, Duration.ofSeconds(20)));
    hand.done(bob, Ask.lock("e", 3, Duration.ofSeconds(10)));
    hand.pass(TTL);
    assertEquals(
        List.of(3L, 2L, 1L),
        hand.journal().held().stream().map(h -> h.append().event().ticket().number()).toList());
    hand.writeAll();
  }

  @Test
  void aFullJournalIsAskedAgainAFifthOfASecondLater() {
    hand.pass(TTL);
    hand.conclude(new Outcome.Busy());
    assertEquals(List.of(), hand.journal().held());
    hand.pass(Duration.ofMillis(199));
    assertEquals(List.of(), hand.journal().held());
    hand.pass(MILLI);
    assertExpiring();
    hand.conclude(new Outcome.Busy());
    hand.ask(bob, Ask.lock("lock", 1));
    assertExpiring();
    hand.writeAll();
    assertEquals("bob", hand.ticket(1).lock().holder().value());
    hand.pass(Duration.ofMinutes(1));
    assertEquals(List.of(), hand.journal().held(), "no reminder is left");
  }

  @Test
  void anExpiryThatLosesToARenewalLeavesTheLeaseToItsNewDeadline() {
    hand.pass(TTL);
    ManualJournal.Held expiry = hand.journal().only();
    renewElsewhere();
    hand.ask(bob, Ask.lock("lock", 1));
    hand.journal().conclude(expiry, new Outcome.Conflict(hand.journal().headNow()));
    hand.settle();
    assertEquals(RejectionCode.LOCKED, bob.code("lock"));
    hand.pass(TTL.minus(MILLI));
    assertEquals(List.of(), hand.journal().held());
    hand.pass(MILLI);
    assertExpiring();
    hand.writeAll();
  }

  @Test
  void anExpiryThatLosesToAReleaseLetsTheOthersGoOn() {
    hand.pass(TTL);
    ManualJournal.Held expiry = hand.journal().only();
    hand.ask(bob, Ask.lock("lock", 1));
    hand.journal().write(expiry);
    hand.settle();
    hand.journal().conclude(expiry, new Outcome.Conflict(hand.journal().headNow()));
    hand.settle();
    hand.writeAll();
    assertEquals("bob", bob.event("lock").event().event().ticket().lock().holder().value());
  }

  /** As another server on the same journal would. */
  private void renewElsewhere() {
    Decision.Accepted renewal =
        (Decision.Accepted)
            TicketRules.decide(
                Ask.renew("elsewhere", 1, token),
                RuleSamples.facts(
                    hand.ticket(1).id(), hand.ticket(1), alice.agent(), hand.clock().now()));
    hand.journal().append(new Append(hand.ticket(1).revision(), null, renewal.event()));
    hand.journal().write(hand.journal().held().get(1));
    hand.journal().conclude(hand.journal().held().get(1));
    hand.settle();
  }

  @Test
  void aLeaseIsToldAsOverWhileItsEndIsWritten() {
    hand.pass(TTL);
    hand.ask(bob, Ask.show("show", TicketRef.of(1)));
    ServerMessage.TicketDetails details = (ServerMessage.TicketDetails) bob.to("show");
    assertEquals(Duration.ZERO, details.ticket().lock().expiresIn());
    hand.writeAll();
  }

  @Test
  void aJournalThatTakesNoMoreIsNotAskedOverAndOver() {
    hand.journal().fail("the disk is full");
    hand.pass(TTL);
    hand.pass(TTL);
    assertEquals(List.of(), hand.journal().held());
    assertTrue(hand.desk().runQueued() == 0, "nothing is left to do");
    hand.ask(bob, Ask.show("show", TicketRef.of(1)));
    hand.ask(bob, Ask.comment("comment", 1, "Hello"));
    hand.conclude(new Outcome.ReadOnly("the disk is full"));
    assertEquals(RejectionCode.READ_ONLY, bob.code("comment"));
    assertTrue(hand.ticket(1).isLocked());
  }

  @Test
  void anExpiryThatTheJournalRefusesIsNotTriedAgain() {
    hand.pass(TTL);
    hand.ask(bob, Ask.title("title", 1, "Mine"));
    hand.journal().fail("the disk is full");
    hand.conclude(new Outcome.ReadOnly("the disk is full"));
    hand.pass(TTL);
    assertEquals(List.of(), hand.journal().held());
    assertEquals(RejectionCode.LOCKED, bob.code("title"));
  }

  @Test
  void aRestartGivesTheWholeTimeAgain(@TempDir Path folder) {
    try (DataDirectory data = DataDirectory.open(folder)) {
      long held;
      try (ManualDesk before =
          new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        before.done(alice, Ask.create("c", "Printer"));
        held = before.done(alice, Ask.lock("l", 1, TTL)).revision();
        before.pass(TTL.minus(MILLI));
      }
      try (ManualDesk after = new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        assertRestarted(after, held);
      }
    }
  }

  private void assertRestarted(ManualDesk after, long held) {
    assertEquals(1, after.desk().book().size());
    assertEquals(held, after.desk().revision());
    assertEquals(TTL, after.desk().lockTimes().remaining(after.ticket(1).id(), held));
    after.pass(TTL.minus(MILLI));
    assertEquals(List.of(), after.journal().held());
    TicketLocked renewed = (TicketLocked) after.done(alice, Ask.renew("r", 1, held)).event();
    assertTrue(renewed.renewed(), "the token is the same");
    after.pass(TTL);
    assertEquals("TicketUnlocked", after.journal().only().append().event().type());
    after.writeAll();
  }
}

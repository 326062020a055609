package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.journal.Outcome;

/** Who waits for a lock gets it in the order they came, before all others. Alice holds it. */
class DeskWaitTest {
  @Test
  void aLockThatTheJournalDoesNotTakeIsHandedOverAgain() {
    try (ManualDesk hand = new ManualDesk()) {
      Asker holder = hand.agent("holder");
      Asker first = hand.agent("first");
      Asker second = hand.agent("second");
      hand.done(holder, Ask.create("create", "Printer"));
      hand.done(holder, Ask.lock("lock", 1));
      hand.ask(first, Ask.waitFor("w", 1));
      hand.ask(second, Ask.waitFor("w", 1));
      hand.ask(holder, Ask.unlock("unlock", 1, null));
      hand.writeNext();
      for (int i = 0; i < 2; i++) {
        hand.conclude(new Outcome.Busy());
        hand.ask(holder, Ask.lock("again" + i, 1));
        hand.pass(Duration.ofMillis(199));
        assertEquals(List.of(), hand.journal().held(), "nobody tries before");
        hand.pass(Duration.ofMillis(1));
      }
      hand.conclude(new Outcome.Unknown("no answer"));
      assertEquals(RejectionCode.UNCERTAIN, first.code("w"));
      hand.pass(Duration.ofMillis(200));
      hand.writeAll();
      assertEquals("second", hand.ticket(1).lock().holder().value());
      assertEquals(RejectionCode.LOCKED, holder.code("again0"));
    }
  }

  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final UUID OPERATION = new UUID(7, 7);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");
  private final Asker carol = hand.agent("carol");
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

  private int waiting() {
    return hand.desk().lockTimes().waiting(hand.ticket(1).id());
  }

  private String holder() {
    TicketLock lock = hand.ticket(1).lock();
    return lock == null ? "nobody" : lock.holder().value();
  }

  private void release() {
    hand.ask(hand.agent(holder()), Ask.unlock("release", 1, null));
    hand.writeAll();
  }

  private static LockWait atMost(Duration time) {
    return new LockWait(time);
  }

  @Test
  void aFreeTicketIsLockedAtOnce() {
    release();
    hand.done(bob, Ask.waitFor("1", 1));
    assertEquals("bob", holder());
    assertEquals(0, waiting());
  }

  @Test
  void theLineIsServedInTheOrderItCameWithAndWithoutOperationIds() {
    List<Asker> line = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Asker waiter = hand.agent("agent" + i);
      ClientMessage.Change wait = Ask.waitFor("w", 1);
      hand.ask(waiter, i % 3 == 0 ? wait : Ask.as(new UUID(1, i), wait));
      line.add(waiter);
    }
    for (int i = 0; i < 20; i++) {
      assertEquals(20 - i, waiting());
      release();
      assertEquals("agent" + i, holder());
      assertEquals(hand.ticket(1).lock().token(), line.get(i).event("w").event().revision());
    }
    release();
    assertEquals("nobody", holder());
  }

  @Test
  void aWorkerThatIsSlowToLookUpAnOperationCostsNobodyTheirPlace() {
    hand.desk().submit(bob, Ask.as(OPERATION, Ask.waitFor("b", 1)));
    hand.desk().submit(carol, Ask.waitFor("c", 1));
    hand.settleWithoutWorkers();
    hand.desk().submit(alice, Ask.unlock("u", 1, token));
    hand.settleWithoutWorkers();
    hand.journal().write(hand.journal().only());
    hand.journal().conclude(hand.journal().only());
    hand.settleWithoutWorkers();
    hand.writeAll();
    assertEquals("bob", holder());
    assertEquals(1, waiting());
    release();
    assertEquals("carol", holder());
  }

  @Test
  void workersThatTakeNothingDoNotEndAWait() {
    hand.workersAreBusy(true);
    hand.ask(bob, Ask.as(OPERATION, Ask.waitFor("b", 1)));
    assertEquals(1, waiting());
    hand.workersAreBusy(false);
    release();
    assertEquals("bob", holder());
  }

  @Test
  void theFirstInLineGoesBeforeWhateverElseStandsBehindTheUnlock() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(alice, Ask.unlock("u", 1, token));
    hand.ask(carol, Ask.lock("plain", 1));
    hand.ask(carol, Ask.update("change", 1, TicketPatch.of(TicketField.TITLE, "Mine")));
    hand.ask(alice, Ask.steal("steal", 1, token, "mine again"));
    hand.writeAll();
    assertEquals("bob", holder());
    assertEquals(RejectionCode.LOCKED, carol.code("plain"));
    assertEquals(RejectionCode.LOCKED, carol.code("change"));
    assertEquals(RejectionCode.STALE_TOKEN, alice.code("steal"));
    assertEquals("bob", carol.rejected("plain").details().lock().holder().value());
  }

  @Test
  void closingReleasesAndTheFirstInLineGetsTheTicket() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(alice, Ask.update("close", 1, Ask.CLOSE));
    hand.writeAll();
    assertEquals("bob", holder());
  }

  @Test
  void aConflictDoesNotCostTheFirstInLineTheirPlace() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(carol, Ask.waitFor("c", 1));
    hand.ask(alice, Ask.unlock("u", 1, token));
    hand.writeNext();
    hand.conclude(new Outcome.Conflict(hand.ticket(1).revision()));
    hand.writeAll();
    assertEquals("bob", holder());
    release();
    assertEquals("carol", holder());
  }

  @Test
  void whoeverIsOvertakenByAnotherServerWaitsOnInTheirPlaceAndWithTheirPatience() {
    hand.ask(bob, Ask.waitFor("b", 1, atMost(Duration.ofSeconds(10))));
    hand.ask(carol, Ask.waitFor("c", 1));
    hand.ask(alice, Ask.unlock("u", 1, token));
    hand.writeNext();
    hand.pass(Duration.ofSeconds(9));
    ManualJournal.Held bobs = hand.journal().only();
    hand.journal().appendElsewhere(ForeignAppends.lock(hand.ticket(1), "dave", hand.clock().now()));
    hand.journal().write(bobs);
    hand.journal().conclude(bobs);
    hand.settle();
    assertEquals("dave", holder());
    assertEquals(2, waiting());
    hand.pass(Duration.ofSeconds(1).minus(MILLI));
    assertEquals(2, waiting());
    hand.pass(MILLI);
    assertEquals(RejectionCode.TIMEOUT, bob.code("b"));
    release();
    assertEquals("carol", holder());
  }

  @Test
  void patienceEndsOnItsMillisecond() {
    hand.done(alice, Ask.renew("renew", 1, token));
    hand.ask(bob, Ask.waitFor("b", 1, atMost(TTL)));
    hand.ask(carol, Ask.waitFor("c", 1, atMost(Duration.ZERO)));
    ServerMessage.Rejected no = carol.rejected("c");
    assertEquals(RejectionCode.TIMEOUT, no.code());
    assertEquals("alice", no.details().lock().holder().value());
    hand.pass(TTL.minus(MILLI));
    hand.clock().advanceNanos(999_999);
    hand.settle();
    assertEquals(List.of(), bob.answers());
    hand.clock().advanceNanos(1);
    hand.settle();
    assertEquals(RejectionCode.TIMEOUT, bob.code("b"));
    assertEquals(
        "Ticket 1 is still locked by alice: wait longer, or see who waits and why it is locked.",
        bob.rejected("b").message());
    assertEquals(0, waiting());
  }

  @Test
  void theWallClockHasNoSayInPatience() {
    hand.done(alice, Ask.lock("renew", 1, token, new LockTerms(Duration.ofHours(1), null, null)));
    hand.ask(bob, Ask.waitFor("b", 1, atMost(TTL)));
    hand.clock().jump(Duration.ofDays(1));
    hand.settle();
    hand.clock().jump(Duration.ofDays(-2));
    hand.settle();
    assertEquals(1, waiting());
    hand.pass(TTL);
    assertEquals(RejectionCode.TIMEOUT, bob.code("b"));
  }

  @Test
  void onlyTheirOwnConnectionCancelsAWait() {
    hand.ask(bob, Ask.waitFor("b", 1));
    Asker another = hand.agent("bob");
    hand.ask(another, Ask.cancel("x", "b"));
    hand.ask(bob, Ask.cancel("y", "unknown"));
    assertEquals("Pong", another.to("x").type());
    assertEquals("Pong", bob.to("y").type());
    assertEquals(1, waiting());
    hand.ask(bob, Ask.cancel("z", "b"));
    assertEquals(RejectionCode.TIMEOUT, bob.code("b"));
    assertEquals("Pong", bob.to("z").type());
    assertEquals(0, waiting());
    hand.ask(bob, Ask.cancel("again", "b"));
    assertEquals("Pong", bob.to("again").type());
  }

  @Test
  void aWaitThatHasNotBegunYetIsCancelledToo() {
    hand.ask(alice, Ask.comment("said", 1, "Hello"));
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(bob, Ask.comment("b2", 1, "no wait, and so not withdrawn"));
    hand.ask(bob, Ask.cancel("no", "b2"));
    hand.ask(bob, Ask.cancel("yes", "b"));
    hand.writeAll();
    assertEquals(RejectionCode.TIMEOUT, bob.code("b"));
    assertEquals("TicketCommented", bob.event("b2").event().event().type());
    assertEquals(0, waiting());
  }

  @Test
  void aWaitWhoseLockIsBeingWrittenIsNotCancelledAnyMore() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(alice, Ask.unlock("u", 1, token));
    hand.writeNext();
    hand.ask(bob, Ask.cancel("late", "b"));
    hand.writeAll();
    assertEquals("Pong", bob.to("late").type());
    assertEquals("bob", bob.event("b").event().event().ticket().lock().holder().value());
  }

  @Test
  void whoeverLeavesLeavesTheLine() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(bob, Ask.as(OPERATION, Ask.waitFor("b2", 1)));
    hand.ask(carol, Ask.waitFor("c", 1));
    hand.leave(bob);
    assertEquals(1, hand.desk().unanswered());
    assertEquals(1, waiting());
    release();
    assertEquals("carol", holder());
    assertEquals(List.of(), bob.answers());
  }

  @Test
  void whoeverLeavesBeforeTheirWaitBeganDoesNotJoinTheLine() {
    hand.ask(alice, Ask.comment("said", 1, "Hello"));
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.leave(bob);
    hand.ask(bob, Ask.waitFor("late", 1));
    hand.writeAll();
    assertEquals(0, waiting());
    assertEquals(0, hand.desk().unanswered());
    release();
    assertEquals("nobody", holder());
  }

  @Test
  void theEndOfALeaseWakesTheFirstInLine() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.pass(TTL);
    hand.writeAll();
    assertEquals("bob", holder());
    assertEquals("TicketUnlocked", hand.told().get(2));
    hand.pass(Duration.ofMinutes(15));
    hand.writeAll();
    assertEquals("nobody", holder());
  }

  @Test
  void aThiefDoesNotWaitAndTheOthersWaitOn() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.done(carol, Ask.steal("s", 1, token, "customer on the phone"));
    assertEquals("carol", holder());
    assertEquals(1, waiting());
    assertEquals(List.of(), bob.answers());
    hand.done(alice, Ask.force("f", 1, hand.ticket(1).lock().token(), "no"));
    hand.writeAll();
    assertEquals("bob", holder());
  }

  @Test
  void anAgentWaitsForTheirOwnLockWhichAnotherProcessOfTheirsHolds() {
    Asker there = hand.agent("alice");
    hand.ask(there, Ask.waitFor("w", 1));
    assertEquals(1, waiting());
    hand.ask(alice, Ask.unlock("u", 1, token));
    hand.writeAll();
    assertEquals("alice", holder());
    assertTrue(there.event("w").event().revision() > token);
  }

  @Test
  void aRenewalNeverWaits() {
    LockWait forever = LockWait.FOREVER;
    for (long named : List.of(token, 1L)) {
      hand.ask(
          bob,
          new ClientMessage.LockTicket(
              "r" + named, null, TicketRef.of(1), named, LockTerms.DEFAULT, forever, null));
    }
    assertEquals(RejectionCode.LOCKED, bob.code("r" + token));
    assertEquals(RejectionCode.STALE_TOKEN, bob.code("r1"));
    assertEquals(0, waiting());
  }

  @Test
  void aWaiterWhoHadTheLockBeforeIsToldSoAtOnce() {
    release();
    long first = hand.done(bob, Ask.as(OPERATION, Ask.waitFor("1", 1))).revision();
    hand.ask(bob, Ask.as(OPERATION, Ask.waitFor("2", 1)));
    assertEquals(first, bob.event("2").event().revision());
    assertTrue(bob.event("2").repeated());
    assertEquals(0, waiting());
    release();
    hand.done(carol, Ask.lock("c", 1));
    hand.ask(bob, Ask.as(OPERATION, Ask.waitFor("3", 1)));
    assertEquals(first, bob.event("3").event().revision());
    assertEquals(
        Duration.ZERO, bob.event("3").event().event().ticket().lock().expiresIn(), "it is over");
  }

  @Test
  void theSameOperationTwiceInLineGetsOneLock() {
    hand.ask(bob, Ask.as(OPERATION, Ask.waitFor("1", 1)));
    hand.ask(carol, Ask.waitFor("c", 1));
    hand.ask(bob, Ask.as(OPERATION, Ask.waitFor("2", 1)));
    release();
    assertEquals(List.of("1", "2"), bob.answered(), "nobody waits for their own lock");
    assertEquals(bob.event("1").event().revision(), bob.event("2").event().revision());
    assertTrue(bob.event("2").repeated());
    assertEquals(1, waiting());
    release();
    assertEquals("carol", holder());
  }

  @Test
  void twoWaitsUnderOneRequestIdAreBothAnswered() {
    hand.ask(bob, Ask.waitFor("1", 1));
    hand.ask(bob, Ask.as(OPERATION, Ask.waitFor("1", 1)));
    hand.ask(bob, Ask.cancel("x", "1"));
    hand.ask(bob, Ask.cancel("y", "1"));
    assertEquals(List.of("1", "1", "x", "y"), bob.answered().stream().sorted().toList());
  }

  @Test
  void aJournalThatFailsEndsTheWaitsAndNoNewOneBegins() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.journal().fail("the disk is full");
    hand.settle();
    assertEquals(RejectionCode.READ_ONLY, bob.code("b"));
    hand.ask(carol, Ask.waitFor("c", 1));
    assertEquals(RejectionCode.READ_ONLY, carol.code("c"));
    assertEquals(0, waiting());
  }

  @Test
  void aServerThatStopsTellsThoseWhoWaitToComeBack() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(alice, Ask.comment("said", 1, "Hello"));
    hand.ask(carol, Ask.waitFor("not yet in line", 1));
    hand.desk().close();
    hand.settle();
    hand.writeAll();
    assertEquals(RejectionCode.BUSY, bob.code("b"));
    assertEquals(RejectionCode.BUSY, carol.code("not yet in line"));
  }

  @Test
  void noMoreThanHalfOfAllRequestsUnderWayMayWait() {
    TicketDesk.Limits few = new TicketDesk.Limits(6, 2_000, LockPolicy.AGENTS_BREAK);
    try (ManualDesk small = new ManualDesk(new MemoryJournal(), few)) {
      Asker dave = small.agent("dave");
      small.done(dave, Ask.create("create", "Printer"));
      small.done(dave, Ask.lock("lock", 1, TTL));
      for (int i = 1; i <= 3; i++) {
        small.ask(bob, Ask.waitFor("b" + i, 1));
      }
      small.ask(carol, Ask.as(OPERATION, Ask.waitFor("c", 1)));
      assertEquals(RejectionCode.BUSY, carol.code("c"));
      assertEquals(
          "Too many wait for locks and claims: try again later, or without waiting.",
          carol.rejected("c").message());
      small.ask(bob, Ask.cancel("x", "b2"));
      small.ask(carol, Ask.waitFor("again", 1));
      assertEquals(3, small.desk().lockTimes().waiting(small.ticket(1).id()));
      small.done(dave, Ask.comment("said", 1, "There is room for who does not wait."));
    }
  }

  @Test
  void howManyWaitIsToldInDetailsAndSnapshots() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(carol, Ask.waitFor("c", 1));
    hand.ask(alice, Ask.show("s", TicketRef.of(1)));
    ServerMessage.TicketDetails shown = (ServerMessage.TicketDetails) alice.to("s");
    assertEquals(2, shown.ticket().lock().waiting());
    assertEquals(2, hand.desk().lockTimes().withRemaining(hand.ticket(1)).lock().waiting());
    release();
    assertEquals(1, hand.desk().lockTimes().withRemaining(hand.ticket(1)).lock().waiting());
    assertEquals(1, hand.last().event().ticket().lock().waiting());
    release();
    assertEquals(0, waiting());
  }

  @Test
  void aTicketThatSharesAPrefixByNowIsNotTheOneThatWasWaitedFor() {
    TicketRef prefix = TicketRef.parse(hand.ticket(1).id().toString().substring(0, 9));
    hand.ask(
        bob,
        new ClientMessage.LockTicket(
            "b", null, prefix, null, LockTerms.DEFAULT, atMost(Duration.ofSeconds(1)), null));
    hand.done(alice, Ask.create("another", "Scanner"));
    hand.pass(Duration.ofSeconds(1));
    assertTrue(bob.rejected("b").message().startsWith("Ticket 1 "), bob.rejected("b").message());
  }

  @Test
  void aHolderFrozenForLongerThanItsLeaseIsRefusedEveryTime() {
    for (int round = 0; round < 1_000; round++) {
      Asker frozen = hand.agent("alice");
      Asker other = hand.agent("bob");
      long mine = hand.ticket(1).lock().token();
      if (round % 2 == 0) {
        hand.ask(other, Ask.waitFor("o", 1, atMost(Duration.ofHours(1))));
      }
      hand.clock().advance(Duration.ofHours(1).minus(MILLI));
      ClientMessage write =
          Ask.update("late", 1, TicketPatch.of(TicketField.TITLE, "Late " + round), mine);
      assertTrue(hand.desk().submit(frozen, write));
      hand.settle();
      hand.writeAll();
      assertEquals(RejectionCode.STALE_TOKEN, frozen.code("late"), "round " + round);
      if (round % 2 == 0) {
        release();
      }
      hand.done(frozen, Ask.lock("again", 1, TTL));
    }
    assertEquals("Printer", hand.ticket(1).content().title());
  }
}

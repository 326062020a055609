package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.rules.Decision;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.model.rules.RuleSamples;
import org.lesbillets.server.desk.claim.ClaimQueue;
import org.lesbillets.server.desk.request.DeskMessages;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.journal.Outcome;

/**
 * Claims that wait: whatever makes a ticket claimable, the first in line whose query it matches
 * gets it, before any claim that came later.
 */
class WaitingClaimTest {
  private static final UUID OPERATION = new UUID(7, 7);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");
  private final Asker carol = hand.agent("carol");
  private final Asker maker = hand.agent("maker");
  private int made;

  @AfterEach
  void close() {
    Stream.of(alice, bob, carol).forEach(hand::leave);
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private static ClientMessage.ClaimTicket waiting(String id, String query) {
    return Ask.claim(id, query).queued(LockWait.FOREVER);
  }

  private void create(String... tags) {
    TicketContent draft = TicketContent.titled("Printer").with(TicketField.TAGS, List.of(tags));
    hand.done(maker, new ClientMessage.CreateTicket("m" + ++made, null, draft));
  }

  private void update(long ticket, TicketPatch patch) {
    hand.done(maker, Ask.update("m" + ++made, ticket, patch));
  }

  private static long number(Asker who, String id) {
    TicketLocked event = (TicketLocked) who.event(id).event().event();
    assertTrue(event.claimed());
    assertEquals(who.agent(), event.ticket().lock().holder());
    assertEquals(who.agent(), event.ticket().content().assignee());
    return event.ticket().number();
  }

  private void assertWaits(Asker... all) {
    Stream.of(all).forEach(who -> assertEquals(List.of(), who.answers(), () -> "" + who.agent()));
  }

  @Test
  void theFirstInLineThatMatchesGetsTheTicket() {
    hand.ask(alice, waiting("a", "tag:vpn"));
    hand.ask(bob, waiting("b", ""));
    hand.ask(carol, waiting("c", "tag:vpn"));
    create("vpn");
    assertEquals(1, number(alice, "a"));
    assertWaits(bob, carol);
    create("vpn");
    assertEquals(2, number(bob, "b"));
    assertWaits(carol);
    create("mail");
    assertWaits(carol);
    create("vpn");
    assertEquals(4, number(carol, "c"));
    assertEquals("maker", hand.ticket(3).created().by().value());
    assertNull(hand.ticket(3).lock());
  }

  @Test
  void whatCanBeClaimedAlreadyIsClaimedAtOnceTheMostUrgentFirst() {
    create("vpn");
    create("mail");
    hand.done(alice, waiting("a", "tag:mail"));
    assertEquals(2, number(alice, "a"));
  }

  @Test
  void aLaterClaimDoesNotOvertake() {
    hand.ask(alice, waiting("a", ""));
    TicketContent draft = TicketContent.titled("Printer");
    hand.ask(maker, new ClientMessage.CreateTicket("m", null, draft));
    ManualJournal.Held create = hand.journal().only();
    hand.journal().write(create);
    assertTrue(hand.desk().submit(bob, Ask.claim("b")));
    hand.settle();
    hand.journal().conclude(create);
    hand.settle();
    hand.writeAll();
    assertEquals(1, number(alice, "a"));
    assertEquals(RejectionCode.NOT_FOUND, bob.code("b"));
  }

  @Test
  void whateverMakesATicketClaimableEndsTheWait() {
    TicketPatch assigned = TicketPatch.of(TicketField.ASSIGNEE, RuleSamples.BOB);
    create();
    hand.done(bob, Ask.claimReturning("claim", Duration.ofSeconds(30)));
    hand.ask(alice, waiting("returned", ""));
    hand.done(bob, Ask.giveBack("back", 1, null, GiveBack.FAILED));
    assertEquals(1, number(alice, "returned"));

    hand.ask(carol, waiting("closed", ""));
    hand.done(alice, Ask.update("close", 1, Ask.CLOSE));
    assertWaits(carol);
    update(1, assigned);
    hand.done(bob, Ask.update("reopen", 1, Ask.REOPEN));
    assertWaits(carol);
    update(1, TicketPatch.of(TicketField.ASSIGNEE, null));
    assertEquals(1, number(carol, "closed"));

    hand.ask(alice, waiting("tag", "tag:late"));
    create();
    assertEquals(1, alice.answers().stream().filter(a -> a.requestId().equals("close")).count());
    update(2, TicketPatch.NOTHING.withTags(List.of("late"), List.of()));
    assertEquals(2, number(alice, "tag"));
  }

  @Test
  void aLeaseThatEndsAndAPlainUnlockEndTheWait() {
    create();
    create();
    hand.done(bob, Ask.claimReturning("claim", Duration.ofSeconds(30)));
    hand.done(bob, Ask.lock("lock", 2));
    hand.ask(alice, waiting("a", ""));
    hand.ask(carol, waiting("c", ""));
    hand.done(bob, Ask.unlock("unlock", 2, null));
    assertEquals(2, number(alice, "a"));
    assertWaits(carol);
    hand.pass(Duration.ofSeconds(31));
    hand.writeAll();
    assertEquals(1, number(carol, "c"));
    assertEquals(1, hand.ticket(1).content().get(TicketField.ATTEMPTS));
  }

  @Test
  void aWaitEndsWithItsTime() {
    LockWait second = new LockWait(SECOND);
    hand.ask(alice, Ask.claim("a", "tag:vpn").queued(second));
    hand.pass(SECOND.minusMillis(1));
    assertWaits(alice);
    hand.pass(Duration.ofMillis(1));
    assertEquals(RejectionCode.TIMEOUT, alice.code("a"));
    create("vpn");
    assertFalse(hand.ticket(1).isLocked());
  }

  @Test
  void noTimeAtAllIsNoWait() {
    hand.ask(alice, Ask.claim("a").queued(new LockWait(Duration.ZERO)));
    assertEquals(RejectionCode.NOT_FOUND, alice.code("a"));
  }

  @Test
  void aWaitThatIsCancelledIsAnsweredOnce() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(alice, Ask.cancel("c", "a"));
    assertEquals(RejectionCode.TIMEOUT, alice.code("a"));
    hand.ask(alice, Ask.cancel("d", "a"));
    create();
    assertEquals(List.of("a", "c", "d"), alice.answered());
    assertFalse(hand.ticket(1).isLocked());
  }

  /** Chosen for a ticket on which another append is under way. */
  @Test
  void aWaitThatIsCancelledWhenItsTicketIsChosenGoesToTheNext() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(bob, waiting("b", ""));
    hand.ask(maker, new ClientMessage.CreateTicket("m", null, TicketContent.titled("One")));
    ManualJournal.Held create = hand.journal().only();
    hand.journal().write(create);
    hand.settle();
    hand.ask(alice, Ask.cancel("c", "a"));
    assertEquals(RejectionCode.TIMEOUT, alice.code("a"));
    hand.ask(alice, Ask.cancel("d", "a"));
    hand.journal().conclude(create);
    hand.settle();
    hand.writeAll();
    assertEquals(1, number(bob, "b"));
    assertEquals(List.of("a", "c", "d"), alice.answered());
  }

  @Test
  void whoDisconnectsLeavesTheQueue() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(bob, waiting("b", ""));
    hand.leave(alice);
    create();
    assertEquals(1, number(bob, "b"));
    assertWaits(alice);
  }

  /** Also a claim that says nothing of coming back: it was never used. */
  @Test
  void aTicketThatIsGrantedToOneThatIsGoneGoesToTheNext() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(bob, waiting("b", ""));
    hand.ask(maker, new ClientMessage.CreateTicket("m", null, TicketContent.titled("One")));
    hand.writeNext();
    assertEquals(1, hand.journal().held().size(), "alice's claim is being written");
    hand.leave(alice);
    hand.writeAll();
    assertEquals(1, number(bob, "b"));
    assertEquals(0, hand.ticket(1).content().get(TicketField.ATTEMPTS));
  }

  @Test
  void aReconnectedClientAsksAgainWithTheRestOfItsWait() {
    ClientMessage.ClaimTicket claim = Ask.claim("a").queued(new LockWait(SECOND));
    hand.ask(alice, Ask.as(OPERATION, claim));
    Asker again = hand.agent("alice");
    LockWait rest = new LockWait(Duration.ofMillis(300));
    hand.ask(again, Ask.as(OPERATION, Ask.claim("b").queued(rest)));
    create();
    assertEquals(1, number(again, "b"));
    Asker third = hand.agent("alice");
    hand.ask(third, Ask.as(OPERATION, Ask.claim("c").queued(LockWait.FOREVER)));
    assertEquals(1, number(third, "c"));
    assertTrue(third.event("c").repeated());
    hand.leave(again);
    hand.leave(third);
  }

  /** What may still be granted to its first attempt is not refused to the second. */
  @Test
  void aRepeatIsNotRefusedWhileItsFirstAttemptIsBeingWritten() {
    hand.ask(alice, Ask.as(OPERATION, waiting("a", "")));
    hand.ask(maker, new ClientMessage.CreateTicket("m", null, TicketContent.titled("One")));
    hand.writeNext();
    hand.leave(alice);
    Asker again = hand.agent("alice");
    hand.ask(again, Ask.as(OPERATION, waiting("b", "")));
    hand.ask(again, Ask.cancel("c", "b"));
    assertEquals(RejectionCode.UNCERTAIN, again.code("b"));
    Asker third = hand.agent("alice");
    hand.ask(third, Ask.as(OPERATION, Ask.claim("d", "").queued(new LockWait(SECOND))));
    hand.pass(SECOND);
    assertEquals(RejectionCode.UNCERTAIN, third.code("d"));
    hand.writeAll();
    assertFalse(hand.ticket(1).isLocked(), "granted to one that was gone");
  }

  @Test
  void whenNothingIsGrantedAnyMoreThoseWhoWaitAreTold() {
    hand.ask(alice, waiting("a", ""));
    hand.desk().drain(true);
    hand.settle();
    assertEquals(RejectionCode.BUSY, alice.code("a"));
    hand.ask(bob, waiting("b", ""));
    assertEquals(RejectionCode.BUSY, bob.code("b"));
    hand.desk().drain(false);
    hand.ask(carol, waiting("c", ""));
    create();
    assertEquals(1, number(carol, "c"));
  }

  @Test
  void aSilentOneIsSkippedKeepsItsPlaceAndGetsWhatIsLeftWhenItIsBack() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(bob, waiting("b", ""));
    alice.fallSilent();
    create();
    assertEquals(1, alice.probes());
    assertWaits(alice, bob);
    hand.pass(SECOND);
    hand.writeAll();
    assertEquals(1, number(bob, "b"));
    create();
    hand.pass(SECOND);
    assertWaits(alice);
    assertFalse(hand.ticket(2).isLocked(), "none is there");
    alice.speak();
    hand.settle();
    hand.writeAll();
    assertEquals(2, number(alice, "a"));
  }

  @Test
  void oneThatAnswersInTimeGetsTheTicket() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(bob, waiting("b", ""));
    alice.fallSilent();
    create();
    hand.ask(carol, Ask.claim("c"));
    assertWaits(carol);
    alice.speak();
    hand.settle();
    hand.writeAll();
    assertEquals(1, number(alice, "a"));
    assertEquals(RejectionCode.NOT_FOUND, carol.code("c"));
    assertWaits(bob);
  }

  @Test
  void theOrderHoldsOverQueriesWhenSomeAreSilent() {
    hand.ask(alice, waiting("a", "tag:vpn"));
    hand.ask(bob, waiting("b", "priority:normal"));
    hand.ask(carol, waiting("c", "tag:vpn"));
    alice.fallSilent();
    create("vpn");
    hand.pass(SECOND);
    hand.writeAll();
    assertEquals(1, number(bob, "b"));
    assertWaits(carol);
  }

  @Test
  void aQueryThatSpeaksOfTimeBeginsToMatchByItself() {
    create("vpn");
    hand.ask(alice, waiting("a", "age:>1h tag:vpn"));
    hand.ask(bob, waiting("b", "age:>1h"));
    hand.pass(Duration.ofMinutes(59));
    assertWaits(alice, bob);
    hand.pass(Duration.ofMinutes(1).plus(SECOND));
    hand.pass(SECOND);
    hand.writeAll();
    assertEquals(1, number(alice, "a"));
    assertWaits(bob);
  }

  /** A comment on a claimable ticket is no reason to compare, nor to compare again. */
  @Test
  void aCommentMeanwhileChangesNothing() {
    create("vpn");
    hand.ask(alice, waiting("a", "tag:mail"));
    hand.ask(bob, waiting("b", "updated:<1h tag:vpn not:age:<2h"));
    hand.pass(Duration.ofHours(3));
    hand.done(maker, Ask.comment("said", 1, "Hello"));
    hand.pass(SECOND.plus(SECOND));
    hand.writeAll();
    assertEquals(1, number(bob, "b"));
    hand.ask(maker, new ClientMessage.CreateTicket("m", null, TicketContent.titled("Two")));
    hand.ask(carol, waiting("c", ""));
    ManualJournal.Held create = hand.journal().only();
    hand.journal().write(create);
    hand.settle();
    assertTrue(hand.desk().submit(maker, Ask.comment("more", 2, "Hello")));
    hand.journal().conclude(create);
    hand.settle();
    hand.writeAll();
    assertEquals(2, number(carol, "c"));
    assertWaits(alice);
  }

  /** The workers are slow: the choice is made when they have compared, for the first in line. */
  @ParameterizedTest
  @ValueSource(strings = {"tag:vpn", "nowhere"})
  void theOrderHoldsWhenWorkersCompare(String first) {
    hand.ask(alice, waiting("a", first));
    hand.ask(bob, waiting("b", "Printer"));
    hand.ask(carol, waiting("c", ""));
    hand.clock().lookTakes(Duration.ofMillis(3));
    create("vpn");
    create("mail");
    hand.settle();
    hand.writeAll();
    Asker winner = first.equals("nowhere") ? bob : alice;
    assertEquals(1, number(winner, winner == bob ? "b" : "a"));
    assertEquals(2, number(winner == bob ? carol : bob, winner == bob ? "c" : "b"));
  }

  @Test
  void workersThatRefuseAreAskedAgain() {
    hand.ask(alice, waiting("a", "tag:vpn"));
    hand.clock().lookTakes(Duration.ofMillis(3));
    hand.workersAreBusy(true);
    create("mail");
    create("vpn");
    assertWaits(alice);
    hand.workersAreBusy(false);
    hand.pass(Duration.ofMillis(200));
    hand.writeAll();
    assertEquals(2, number(alice, "a"));
  }

  @Test
  void aClaimThatConflictsKeepsItsPlace() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(bob, waiting("b", ""));
    hand.ask(maker, new ClientMessage.CreateTicket("m", null, TicketContent.titled("One")));
    hand.writeNext();
    ManualJournal.Held claim = hand.journal().only();
    hand.journal().appendElsewhere(ForeignAppends.lock(hand.ticket(1), "dave", hand.clock().now()));
    hand.journal().write(claim);
    hand.journal().conclude(claim);
    hand.settle();
    assertWaits(alice, bob);
    create();
    assertEquals(2, number(alice, "a"));
    assertWaits(bob);
  }

  @Test
  void aClaimThatTheJournalDoesNotTakeKeepsItsPlaceAndItsTicket() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(bob, waiting("b", ""));
    hand.ask(maker, new ClientMessage.CreateTicket("m", null, TicketContent.titled("One")));
    hand.writeNext();
    for (int i = 0; i < 3; i++) {
      hand.conclude(new Outcome.Busy());
      hand.ask(carol, Ask.claim("c" + i));
      hand.pass(Duration.ofMillis(199));
      assertEquals(List.of(), hand.journal().held(), "nobody tries before");
      hand.pass(Duration.ofMillis(1));
      assertEquals(1, hand.journal().held().size());
    }
    hand.writeAll();
    assertEquals(1, number(alice, "a"));
    assertWaits(bob);
    assertEquals(RejectionCode.NOT_FOUND, carol.code("c0"));
    create();
    assertEquals(2, number(bob, "b"));
  }

  /** Made while the first in line was not in the queue. */
  @Test
  void oneThatKeepsItsPlaceGetsWhatItHasMissed() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(maker, new ClientMessage.CreateTicket("m", null, TicketContent.titled("One")));
    hand.writeNext();
    ManualJournal.Held claim = hand.journal().only();
    hand.ask(maker, new ClientMessage.CreateTicket("n", null, TicketContent.titled("Two")));
    ManualJournal.Held create = hand.journal().held().get(1);
    hand.journal().write(create);
    hand.journal().conclude(create);
    hand.settle();
    hand.journal().conclude(claim, new Outcome.Busy());
    hand.ask(bob, Ask.lock("lock", 1));
    hand.writeAll();
    hand.pass(Duration.ofSeconds(1));
    hand.writeAll();
    assertEquals(2, number(alice, "a"));
  }

  @Test
  void whatHappenedToOneIsUncertainAndTheNextComesLater() {
    hand.ask(alice, waiting("a", ""));
    hand.ask(bob, waiting("b", ""));
    hand.ask(maker, new ClientMessage.CreateTicket("m", null, TicketContent.titled("One")));
    hand.writeNext();
    hand.conclude(new Outcome.Unknown("no answer"));
    assertEquals(RejectionCode.UNCERTAIN, alice.code("a"));
    hand.pass(Duration.ofMillis(199));
    assertEquals(List.of(), hand.journal().held());
    hand.pass(Duration.ofMillis(1));
    hand.writeAll();
    assertEquals(1, number(bob, "b"));
  }

  /** Counted by a clock that each look moves. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyWaitsThatEndAtOnceAreNoLongTurn(boolean dismissed) {
    int many = 2_000;
    for (int i = 0; i < many; i++) {
      LockWait second = new LockWait(SECOND);
      assertTrue(hand.desk().submit(alice, Ask.claim("w" + i).queued(second)));
    }
    hand.settle();
    hand.clock().lookTakes(Duration.ofNanos(10_000));
    if (dismissed) {
      hand.desk().drain(true);
    } else {
      hand.clock().advance(SECOND);
    }
    hand.desk().runQueued();
    assertTrue(alice.answers().size() < many / 4, () -> "" + alice.answers().size());
    for (int i = 0; i < many && alice.answers().size() < many; i++) {
      hand.settle();
    }
    assertEquals(many, alice.answers().size());
  }

  @Test
  void whoWaitsForTheLockOfATicketGoesBeforeAClaim() {
    create();
    hand.done(bob, Ask.lock("lock", 1));
    hand.ask(alice, waiting("a", ""));
    hand.ask(carol, Ask.waitFor("c", 1));
    hand.done(bob, Ask.unlock("unlock", 1, null));
    assertEquals("carol", hand.ticket(1).lock().holder().value());
    assertWaits(alice);
    hand.done(carol, Ask.unlock("free", 1, null));
    assertEquals(1, number(alice, "a"));
  }

  @Test
  void manyOverOneConnectionWaitTogether() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      ids.add("w" + i);
      hand.ask(alice, waiting("w" + i, i % 2 == 0 ? "" : "tag:vpn"));
    }
    for (int i = 0; i < 100; i++) {
      create("vpn");
    }
    assertEquals(ids, alice.answered());
    for (int i = 0; i < 100; i++) {
      assertEquals(i + 1, number(alice, "w" + i));
    }
  }

  @Test
  void theyAreBoundedByTheLengthOfTheirQueries() {
    String query = "tag:" + "x".repeat(40) + " ";
    String longest = "-" + query.repeat(31) + "Printer" + "x".repeat(4_096 - 31 * 45 - 8);
    for (int i = 0; i < ClaimQueue.MAX_QUERIES_LENGTH / 4_096; i++) {
      hand.ask(alice, waiting("w" + i, longest));
    }
    assertWaits(alice);
    hand.ask(alice, waiting("more", ""));
    hand.ask(alice, waiting("full", longest));
    assertEquals(RejectionCode.BUSY, alice.code("full"));
    hand.ask(alice, Ask.cancel("c", "w0"));
    hand.ask(alice, waiting("room", longest));
    assertEquals(List.of("full", "w0", "c"), alice.answered());
  }

  @Test
  void theyAreBoundedWithThoseWhoWaitForLocks() {
    TicketDesk.Limits limits = TicketDesk.Limits.of(8, LockPolicy.AGENTS_BREAK);
    assertEquals(4, limits.waiting());
    Decision.Rejected full = DeskMessages.TOO_MANY_WAIT;
    try (ManualDesk small = new ManualDesk(new MemoryJournal(), limits)) {
      Asker one = small.agent("one");
      for (int i = 0; i < 4; i++) {
        small.ask(one, waiting("w" + i, ""));
      }
      small.ask(one, waiting("w4", ""));
      assertEquals(full.message(), one.rejected("w4").message());
      small.leave(one);
      assertEquals(0, small.desk().unanswered());
    }
  }
}

package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.Outcome;

/** Bob waits for alice's lock, and is gone when it comes to him. */
class GoneWaiterTest {
  private static final UUID OPERATION = new UUID(7, 7);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");
  private final Asker carol = hand.agent("carol");

  @BeforeEach
  void lock() {
    hand.done(alice, Ask.create("create", "Printer"));
    hand.done(alice, Ask.lock("lock", 1, Duration.ofMinutes(15)));
  }

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private String holder() {
    TicketLock lock = hand.ticket(1).lock();
    return lock == null ? "nobody" : lock.holder().value();
  }

  /** Alice releases it, and the journal is about to write that bob has it. */
  private void untilItIsBobs(ClientMessage wait) {
    hand.ask(bob, wait);
    hand.ask(alice, Ask.unlock("unlock", 1, null));
    hand.writeNext();
    assertEquals("TicketLocked", hand.journal().only().append().event().type());
  }

  private void assertReleasing() {
    TicketUnlocked end = (TicketUnlocked) hand.journal().only().append().event();
    assertEquals(UnlockReason.RELEASED, end.reason());
    assertEquals(bob.agent(), end.by());
    assertEquals(hand.ticket(1).lock().token(), end.ended().token());
  }

  @Test
  void aLockThatComesToNobodyIsReleasedAtOnce() {
    untilItIsBobs(Ask.waitFor("b", 1));
    hand.leave(bob);
    hand.writeNext();
    assertReleasing();
    hand.writeAll();
    assertEquals("nobody", holder());
    hand.pass(Duration.ofHours(1));
    assertEquals(List.of(), hand.journal().held(), "nothing is left to end");
  }

  @Test
  void theNextInLineGetsIt() {
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(carol, Ask.waitFor("c", 1));
    hand.ask(alice, Ask.unlock("unlock", 1, null));
    hand.writeNext();
    hand.leave(bob);
    hand.writeAll();
    assertEquals("carol", holder());
    assertEquals(hand.ticket(1).lock().token(), carol.event("c").event().revision());
  }

  @Test
  void aFullJournalIsAskedAgain() {
    untilItIsBobs(Ask.waitFor("b", 1));
    hand.leave(bob);
    hand.writeNext();
    hand.conclude(new Outcome.Busy());
    assertEquals(List.of(), hand.journal().held());
    hand.pass(Duration.ofMillis(200));
    assertReleasing();
    hand.writeAll();
    assertEquals("nobody", holder());
  }

  @Test
  void whoeverAsksForItAgainTooLateHearsThatItIsOver() {
    untilItIsBobs(Ask.as(OPERATION, Ask.waitFor("b", 1)));
    hand.leave(bob);
    hand.writeNext();
    Asker back = hand.agent("bob");
    hand.ask(back, Ask.as(OPERATION, Ask.waitFor("again", 1)));
    hand.writeAll();
    assertTrue(back.event("again").repeated());
    assertEquals(Duration.ZERO, left(back, "again"), "it is not bob's to use");
    assertEquals("nobody", holder());
  }

  @Test
  void whoeverAskedForItAgainInTimeHasIt() {
    hand.ask(bob, Ask.as(OPERATION, Ask.waitFor("b", 1)));
    Asker back = hand.agent("bob");
    hand.ask(back, Ask.as(OPERATION, Ask.waitFor("again", 1)));
    hand.ask(alice, Ask.unlock("unlock", 1, null));
    hand.writeNext();
    hand.leave(bob);
    hand.writeAll();
    assertTrue(back.event("again").repeated());
    assertEquals(hand.ticket(1).lock().token(), back.event("again").event().revision());
    assertEquals(Duration.ofMinutes(15), left(back, "again"));
    assertEquals("bob", holder());
  }

  @Test
  void whoeverIsGoneAfterwardsKeepsIt() {
    untilItIsBobs(Ask.waitFor("b", 1));
    hand.writeAll();
    hand.leave(bob);
    hand.writeAll();
    assertEquals("bob", holder());
  }

  /** A script that prints its token and ends may be gone before the desk has turned to the next. */
  @Test
  void whoLeavesWithTheAnswerKeepsIt() {
    untilItIsBobs(Ask.waitFor("b", 1));
    bob.goWhenAnswered(hand::passOn);
    hand.writeAll();
    assertTrue(bob.isGone());
    assertEquals("bob", holder());
  }

  @Test
  void whoeverDidNotWaitKeepsIt() {
    hand.done(alice, Ask.unlock("unlock", 1, null));
    hand.ask(bob, Ask.lock("b", 1));
    hand.leave(bob);
    hand.writeAll();
    assertEquals("bob", holder());
  }

  private static Duration left(Asker who, String request) {
    return who.event(request).event().event().ticket().lock().expiresIn();
  }
}

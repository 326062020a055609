package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Ask;

/** A claim that is asked for again, cancelled or dropped while its append is under way. */
class ClaimAttemptsTest {
  private static final UUID OPERATION = new UUID(7, 7);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker again = hand.agent("alice");
  private final Asker bob = hand.agent("bob");
  private final Asker maker = hand.agent("maker");

  @AfterEach
  void close() {
    List.of(alice, again, bob).forEach(hand::leave);
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private static ClientMessage waiting(String id) {
    return Ask.claim(id).queued(LockWait.FOREVER);
  }

  private static ClientMessage repeatable(String id) {
    return Ask.as(OPERATION, Ask.claim(id).queued(LockWait.FOREVER));
  }

  private void create(String id) {
    hand.ask(maker, new ClientMessage.CreateTicket(id, null, TicketContent.titled("One")));
    hand.writeNext();
  }

  /** Alice's claim is the first, and is being written. */
  private ManualJournal.Held begin(ClientMessage claim) {
    hand.ask(alice, claim);
    hand.ask(bob, waiting("bob"));
    create("m");
    return hand.journal().only();
  }

  /** Another server takes the ticket, so that the append conflicts. */
  private void conflict(ManualJournal.Held claim) {
    hand.journal().appendElsewhere(ForeignAppends.lock(hand.ticket(1), "dave", hand.clock().now()));
    hand.journal().write(claim);
    hand.journal().conclude(claim);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aGrantIsForTheClientThatIsBack(boolean replaced) {
    begin(repeatable("a"));
    if (replaced) {
      alice.replace();
    } else {
      hand.leave(alice);
    }
    hand.ask(again, repeatable("b"));
    hand.writeAll();
    TicketLocked event = (TicketLocked) again.event("b").event().event();
    assertTrue(again.event("b").repeated());
    assertEquals(1, event.ticket().number());
    hand.pass(Duration.ofSeconds(1));
    hand.writeAll();
    assertEquals("alice", hand.ticket(1).lock().holder().value());
    assertEquals(List.of(), bob.answers());
    assertEquals(1, again.answers().size());
  }

  @Test
  void aGrantWhoseSecondClientIsGoneTooGoesToTheNext() {
    begin(repeatable("a"));
    hand.leave(alice);
    hand.ask(again, repeatable("b"));
    again.go();
    hand.writeAll();
    assertEquals("bob", hand.ticket(1).lock().holder().value());
  }

  /** The second attempt has a ticket of its own: the journal says which of both counts. */
  @Test
  void theSecondAttemptMayBeUnderWayToo() {
    ManualJournal.Held first = begin(repeatable("a"));
    hand.leave(alice);
    hand.ask(bob, new ClientMessage.CancelWait("cancel", "bob"));
    hand.ask(again, repeatable("b"));
    hand.ask(maker, new ClientMessage.CreateTicket("n", null, TicketContent.titled("Two")));
    ManualJournal.Held create = hand.journal().held().get(1);
    hand.journal().write(create);
    hand.journal().conclude(create);
    hand.settle();
    assertEquals(2, hand.journal().held().size(), "both are being written");
    hand.journal().write(first);
    hand.writeAll();
    assertTrue(again.event("b").repeated());
    assertEquals("alice", hand.ticket(1).lock().holder().value());
    assertFalse(hand.ticket(2).isLocked());
  }

  @Test
  void oneThatIsCancelledDuringItsAppendDoesNotWaitAgain() {
    ManualJournal.Held claim = begin(waiting("a"));
    hand.ask(alice, new ClientMessage.CancelWait("cancel", "a"));
    conflict(claim);
    hand.settle();
    assertEquals(RejectionCode.TIMEOUT, alice.code("a"));
    create("n");
    hand.writeAll();
    assertEquals("bob", hand.ticket(2).lock().holder().value());
  }

  @Test
  void aLockThatIsCancelledDuringItsAppendIsNotWaitedForAgain() {
    hand.done(maker, Ask.create("m", "One"));
    hand.done(bob, Ask.lock("lock", 1));
    hand.ask(alice, Ask.waitFor("a", 1));
    hand.ask(bob, Ask.unlock("unlock", 1, null));
    hand.writeNext();
    ManualJournal.Held lock = hand.journal().only();
    hand.ask(alice, new ClientMessage.CancelWait("cancel", "a"));
    conflict(lock);
    hand.settle();
    assertEquals(RejectionCode.TIMEOUT, alice.code("a"));
  }

  /** The workers drop what they have for a session that is gone. */
  @Test
  void oneThatSearchesAgainAfterAConflictEndsWithItsConnection() {
    create("m");
    hand.ask(alice, Ask.claim("a", "one"));
    conflict(hand.journal().only());
    hand.settleWithoutWorkers();
    hand.forgetWork();
    alice.go();
    hand.desk().disconnected(alice);
    hand.settleWithoutWorkers();
    assertEquals(0, hand.desk().unanswered());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasGrantedBeforeIsFoundAlthoughTheWorkersWereBusy(boolean claims) {
    create("m");
    ClientMessage.Change ask =
        claims ? Ask.claim("a").queued(LockWait.FOREVER) : Ask.waitFor("a", 1);
    hand.done(alice, Ask.as(OPERATION, ask));
    hand.workersAreBusy(true);
    hand.ask(again, Ask.as(OPERATION, ask));
    hand.pass(Duration.ofMillis(100));
    assertEquals(List.of(), again.answers());
    hand.workersAreBusy(false);
    hand.pass(Duration.ofMillis(99));
    assertEquals(List.of(), again.answers());
    hand.pass(Duration.ofMillis(1));
    assertTrue(again.event("a").repeated());
  }
}

package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.Outcome;

/** A desk whose journal others write to, too, and whose tail may lag behind it. */
class SharedJournalTest {
  private static final Duration TTL = Duration.ofSeconds(30);
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final String BEHIND = "This server is behind, since 12:00:03.";

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");

  @BeforeEach
  void create() {
    hand.journal().share();
    hand.done(alice, Ask.create("create", "Printer"));
    alice.forget();
  }

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  @Test
  void anAcknowledgementThatOvertakesItsEventWaitsForIt() {
    hand.journal().holdTail();
    hand.ask(alice, Ask.title("title", 1, "New"));
    hand.writeNext();
    assertEquals(List.of(), alice.answers());
    hand.pass(LIMIT.minus(MILLI));
    assertEquals(List.of(), alice.answers());
    hand.ask(bob, Ask.comment("next", 1, "Hello"));
    assertEquals(List.of(), hand.journal().held(), "the ticket's append counts as under way");
    hand.journal().releaseTail();
    hand.settle();
    assertEquals("New", alice.event("title").event().event().ticket().content().title());
    assertTrue(alice.event("title").event().revision() == hand.last().revision(), "pushed before");
    hand.writeAll();
    assertEquals(List.of("next"), bob.answered());
    assertNull(hand.journal().failure());
  }

  @Test
  void oneWhoseEventDoesNotComeIsUncertainAndNothingIsTakenAnyMore() {
    hand.journal().holdTail();
    hand.ask(alice, Ask.title("title", 1, "New"));
    hand.writeNext();
    hand.pass(LIMIT);
    assertEquals(RejectionCode.UNCERTAIN, alice.code("title"));
    assertTrue(hand.journal().failure().contains("has not delivered"), hand.journal().failure());
  }

  @Test
  void whileTheStoreIsNotReachedThatPoisonsNothing() {
    hand.journal().holdTail();
    hand.ask(alice, Ask.title("title", 1, "New"));
    hand.writeNext();
    hand.journal().fallBehind(BEHIND);
    hand.pass(LIMIT);
    assertEquals(RejectionCode.UNCERTAIN, alice.code("title"));
    assertNull(hand.journal().failure());
    hand.journal().fallBehind(null);
    hand.journal().releaseTail();
    hand.settle();
    assertEquals("New", hand.ticket(1).content().title());
    hand.done(bob, Ask.comment("next", 1, "Hello"));
  }

  @Test
  void anEndOfALeaseThatOvertakesItsEventIsWrittenOnce() {
    hand.done(alice, Ask.lock("lock", 1, TTL));
    hand.journal().holdTail();
    hand.pass(TTL);
    hand.writeNext();
    hand.pass(LIMIT.minus(MILLI));
    assertEquals(List.of(), hand.journal().held());
    hand.journal().releaseTail();
    hand.settle();
    assertEquals("TicketUnlocked", hand.last().event().type());
    assertEquals(List.of(), hand.journal().held());
  }

  /** Revisions the store may name: one that is to come, the one expected, an older one, none. */
  @ParameterizedTest
  @ValueSource(longs = {3, 2, 1, 0})
  void whileTheTailIsHeldAConflictCostsFewAppends(long current) {
    hand.done(alice, Ask.title("before", 1, "Old"));
    hand.journal().holdTail();
    hand.journal().appendElsewhere(ForeignAppends.lock(hand.ticket(1), "dave", hand.clock().now()));
    hand.ask(alice, Ask.comment("comment", 1, "Hello"));
    int appends = 0;
    for (int i = 0; i < LIMIT.toMillis() - 1; i++) {
      while (!hand.journal().held().isEmpty()) {
        hand.conclude(new Outcome.Conflict(current));
        appends++;
      }
      hand.pass(MILLI);
    }
    assertTrue(appends <= 15, appends + " appends");
    assertNull(hand.journal().failure());
    assertEquals(List.of("before"), alice.answered());
    hand.journal().releaseTail();
    hand.settle();
    hand.writeAll();
    assertEquals(List.of("before", "comment"), alice.answered());
    assertEquals(1, hand.ticket(1).commentCount());
  }

  @Test
  void aConflictThatNoEventExplainsEndsInBusy() {
    hand.journal().holdTail();
    hand.ask(alice, Ask.title("title", 1, "New"));
    hand.conclude(new Outcome.Conflict(2));
    hand.pass(LIMIT.minus(MILLI));
    assertEquals(List.of(), alice.answers());
    hand.pass(Duration.ofMillis(200));
    assertEquals(RejectionCode.BUSY, alice.code("title"));
    assertTrue(alice.rejected("title").message().contains("Nothing was changed"));
    assertNull(hand.journal().failure());
    hand.journal().releaseTail();
    hand.done(bob, Ask.comment("next", 1, "Hello"));
  }

  @Test
  void aTicketThatIsAnotherInTheStoreForSecondsPoisons() {
    hand.done(alice, Ask.title("title", 1, "New"));
    hand.ask(bob, Ask.comment("comment", 1, "Hello"));
    for (int i = 0; i < 100 && bob.answers().isEmpty(); i++) {
      hand.journal().held().forEach(held -> hand.conclude(new Outcome.Conflict(1)));
      hand.pass(Duration.ofMillis(100));
    }
    assertEquals(RejectionCode.READ_ONLY, bob.code("comment"));
    assertTrue(hand.journal().failure().contains("differ from those in the store"));
  }

  @Test
  void anEndOfALeaseThatAnotherServerWroteIsLookedAtAgain() {
    hand.done(alice, Ask.lock("lock", 1, TTL));
    hand.journal().holdTail();
    hand.pass(TTL);
    hand.journal().write(hand.journal().only());
    for (int i = 0; i < 2 * TimedEvents.ATTEMPTS; i++) {
      hand.conclude(new Outcome.Conflict(hand.journal().headNow()));
      hand.pass(Duration.ofMillis(200));
    }
    assertNull(hand.journal().failure());
    hand.journal().releaseTail();
    hand.settle();
    hand.conclude(new Outcome.Conflict(hand.journal().headNow()));
    hand.pass(TTL);
    assertEquals(List.of(), hand.journal().held());
    assertEquals("TicketUnlocked", hand.last().event().type());
  }

  @Test
  void whileItIsBehindChangesAreRefusedAndListsAreReadable() {
    hand.done(alice, Ask.lock("lock", 1, TTL));
    hand.ask(bob, Ask.waitFor("wait", 1));
    hand.journal().fallBehind(BEHIND);
    hand.pass(TTL.multipliedBy(3));
    assertEquals(List.of(), hand.journal().held(), "no lease ends");
    hand.ask(bob, Ask.comment("comment", 1, "Hello"));
    hand.ask(bob, Ask.comment("nowhere", 2, "Hello"));
    hand.ask(bob, Ask.claim("claim"));
    for (String refused : List.of("comment", "nowhere", "claim")) {
      assertEquals(RejectionCode.READ_ONLY, bob.code(refused));
      assertTrue(bob.rejected(refused).message().startsWith(BEHIND), refused);
    }
    hand.ask(bob, Ask.list("list"));
    assertEquals(1, ((ServerMessage.AllTickets) bob.to("list")).tickets().size());
    hand.ask(bob, Ask.show("show", TicketRef.of(1)));
    assertTrue(bob.to("show") instanceof ServerMessage.TicketDetails);
    hand.journal().fallBehind(null);
    hand.pass(MILLI);
    assertEquals(List.of(), hand.journal().held(), "a lease has its whole time again");
    hand.done(alice, Ask.unlock("unlock", 1, null));
    assertEquals("bob", hand.ticket(1).lock().holder().value(), "who waited goes on waiting");
    assertEquals(1, hand.desk().book().size());
  }

  @Test
  void whatWaitedForATicketIsRefusedOrWaitsOn() {
    hand.done(alice, Ask.lock("lock", 1, TTL));
    hand.ask(bob, Ask.waitFor("wait", 1));
    hand.ask(alice, Ask.unlock("unlock", 1, null));
    hand.ask(alice, Ask.comment("comment", 1, "Hello"));
    hand.journal().fallBehind(BEHIND);
    hand.writeNext();
    hand.pass(TTL);
    assertEquals(List.of("lock", "comment", "unlock"), alice.answered());
    assertEquals(RejectionCode.READ_ONLY, alice.code("comment"));
    assertEquals(List.of(), bob.answers());
    hand.journal().fallBehind(null);
    hand.pass(Duration.ofSeconds(1));
    hand.writeAll();
    assertEquals("bob", hand.ticket(1).lock().holder().value());
  }

  @Test
  void whatTheStoreRefusesWhileItIsNotReachedIsReadOnly() {
    hand.ask(alice, Ask.comment("comment", 1, "Hello"));
    hand.conclude(new Outcome.Behind(BEHIND));
    assertEquals(RejectionCode.READ_ONLY, alice.code("comment"));
    assertNull(hand.journal().failure());
  }
}

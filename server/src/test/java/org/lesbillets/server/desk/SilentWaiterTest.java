package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Ask;

/**
 * A lock goes only to a waiter whose peer is there: one from which nothing arrives is asked,
 * skipped when it does not answer, and keeps its place. Alice holds the lock.
 */
class SilentWaiterTest {
  private static final Duration TTL = Duration.ofSeconds(30);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");
  private final Asker carol = hand.agent("carol");
  private final List<Asker> others = new ArrayList<>();

  @BeforeEach
  void lock() {
    hand.done(alice, Ask.create("create", "Printer"));
    hand.done(alice, Ask.lock("lock", 1, TTL));
    hand.ask(bob, Ask.waitFor("b", 1));
    hand.ask(carol, Ask.waitFor("c", 1));
  }

  @AfterEach
  void close() {
    hand.leave(bob);
    hand.leave(carol);
    others.forEach(hand::leave);
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private String holder() {
    TicketLock lock = hand.ticket(1).lock();
    return lock == null ? "nobody" : lock.holder().value();
  }

  private void release() {
    hand.ask(hand.agent(holder()), Ask.unlock("release", 1, null));
    hand.writeAll();
  }

  private void pass(long millis) {
    hand.clock().advance(Duration.ofMillis(millis));
    hand.settle();
    hand.writeAll();
  }

  private int waiting() {
    return hand.desk().lockTimes().waiting(hand.ticket(1).id());
  }

  @Test
  void aPeerThatWasJustHeardIsNotAsked() {
    release();
    assertEquals("bob", holder());
    assertEquals(0, bob.probes() + carol.probes());
  }

  @Test
  void aSilentOneIsAskedAndSkippedAfterASecond() {
    bob.fallSilent();
    release();
    assertEquals("nobody", holder());
    assertEquals(1, bob.probes());
    assertEquals(0, carol.probes());
    pass(999);
    assertEquals("nobody", holder());
    pass(1);
    assertEquals("carol", holder());
    assertEquals(1, waiting(), "the place is kept");
    assertEquals(List.of(), bob.answers());
  }

  @Test
  void oneThatAnswersInTimeIsGrantedTheLock() {
    bob.fallSilent();
    release();
    pass(900);
    bob.speak();
    hand.settle();
    hand.writeAll();
    assertEquals("bob", holder());
    pass(5_000);
    assertEquals("bob", holder());
    assertEquals(1, waiting());
  }

  @Test
  void oneThatWasSkippedIsTheNextWhenItIsHeardAgain() {
    bob.fallSilent();
    release();
    pass(1_000);
    assertEquals("carol", holder());
    bob.speak();
    hand.settle();
    assertEquals("carol", holder(), "what is granted stays granted");
    Asker dave = hand.agent("dave");
    others.add(dave);
    hand.ask(dave, Ask.waitFor("d", 1));
    release();
    assertEquals("bob", holder());
  }

  @Test
  void oneThatIsSilentAgainIsAskedAgain() {
    bob.fallSilent();
    release();
    pass(1_000);
    bob.speak();
    hand.settle();
    bob.fallSilent();
    release();
    assertEquals(2, bob.probes());
    bob.speak();
    hand.settle();
    hand.writeAll();
    assertEquals("bob", holder());
  }

  @Test
  void whereNobodyAnswersTheLockIsFreeUntilOneDoes() {
    bob.fallSilent();
    carol.fallSilent();
    release();
    assertEquals(1, bob.probes());
    assertEquals(1, carol.probes(), "both are asked at once");
    pass(1_000);
    assertEquals("nobody", holder());
    assertEquals(2, waiting());
    carol.speak();
    hand.settle();
    hand.writeAll();
    assertEquals("carol", holder());
  }

  @Test
  void whoComesWhileThatIsUnknownComesBehindThoseWhoWait() {
    bob.fallSilent();
    release();
    Asker dave = hand.agent("dave");
    hand.ask(dave, Ask.lock("d", 1, TTL));
    assertEquals(List.of(), dave.answers());
    pass(1_000);
    assertEquals("carol", holder());
    assertEquals(RejectionCode.LOCKED, dave.code("d"));
  }

  @Test
  void whereNobodyAnswersANewcomerTakesTheLock() {
    bob.fallSilent();
    carol.fallSilent();
    release();
    Asker dave = hand.agent("dave");
    hand.ask(dave, Ask.lock("d", 1, TTL));
    pass(1_000);
    assertEquals("dave", holder());
    assertEquals(2, waiting());
  }

  @Test
  void oneThatLeavesWhileAskedIsForgotten() {
    bob.fallSilent();
    release();
    hand.leave(bob);
    hand.writeAll();
    assertEquals("carol", holder(), "at once");
    bob.speak();
    hand.settle();
    assertEquals("carol", holder());
  }

  @Test
  void oneThatGivesUpWhileAskedIsForgotten() {
    bob.fallSilent();
    release();
    hand.ask(bob, new ClientMessage.CancelWait("cancel", "b"));
    pass(1_000);
    assertEquals("carol", holder());
    assertEquals(RejectionCode.TIMEOUT, bob.code("b"));
  }

  /** The desk itself did not run: what bob answered meanwhile has not been read yet. */
  @Test
  void aPauseOfTheServerIsNoSilenceOfItsPeers() {
    bob.fallSilent();
    release();
    pass(20_000);
    assertEquals("nobody", holder());
    bob.speak();
    hand.settle();
    hand.writeAll();
    assertEquals("bob", holder());
  }

  @Test
  void theOrderHoldsAmongThoseWhoAreThere() {
    List<Asker> line = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      Asker waiter = hand.agent("agent" + i);
      hand.ask(waiter, Ask.waitFor("w", 1));
      line.add(waiter);
      others.add(waiter);
    }
    hand.leave(bob);
    hand.leave(carol);
    for (int i = 0; i < 200; i += i % 3 + 1) {
      line.get(i).fallSilent();
    }
    release();
    for (int i = 0; i < 200; i++) {
      if (line.get(i).quietNanos() == 0) {
        for (int second = 0; second < 5 && !holder().equals("agent" + i); second++) {
          pass(1_000);
        }
        assertEquals("agent" + i, holder());
        release();
      }
    }
    for (int second = 0; second < 5; second++) {
      pass(1_000);
    }
    assertEquals("nobody", holder());
  }
}

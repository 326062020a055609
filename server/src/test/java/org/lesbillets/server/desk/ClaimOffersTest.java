package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.rules.Ask;

/** To which of many waiting claims a ticket goes, when peers are silent or searches take long. */
class ClaimOffersTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final ManualDesk hand = new ManualDesk();
  private final Asker maker = hand.agent("maker");
  private final List<Asker> all = new ArrayList<>();
  private int made;

  @AfterEach
  void close() {
    all.forEach(hand::leave);
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private static ClientMessage waiting(String id, String query) {
    return Ask.claim(id, query).queued(LockWait.FOREVER);
  }

  private Asker waiter(String name, String query) {
    Asker who = hand.agent(name);
    all.add(who);
    hand.ask(who, waiting("w", query));
    return who;
  }

  private ClientMessage.CreateTicket ticket(String... tags) {
    TicketContent draft = TicketContent.titled("Printer").with(TicketField.TAGS, List.of(tags));
    return new ClientMessage.CreateTicket("m" + ++made, null, draft);
  }

  private String owner(long ticket) {
    return hand.ticket(ticket).isLocked() ? hand.ticket(ticket).lock().holder().value() : "nobody";
  }

  @Test
  void theSilentFirstsOfSeveralQueriesAreAskedAtOnce() {
    List<Asker> silent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Asker who = waiter("silent" + i, "-tag:t" + i);
      who.fallSilent();
      silent.add(who);
    }
    waiter("present", "priority:normal");
    waiter("later", "");
    hand.done(maker, ticket());
    assertEquals(64, silent.stream().mapToInt(Asker::probes).sum());
    assertEquals("nobody", owner(1));
    hand.pass(SECOND);
    hand.pass(SECOND);
    hand.writeAll();
    assertEquals("present", owner(1));
    assertEquals(100, silent.stream().mapToInt(Asker::probes).sum());
  }

  @Test
  void aQueryWhoseFirstWaiterLeftDoesNotHideTheNext() {
    Asker one = waiter("one", "tag:vpn");
    Asker two = waiter("two", "tag:mail");
    waiter("five", "priority:normal");
    waiter("ten", "tag:vpn");
    one.fallSilent();
    hand.done(maker, ticket("vpn"));
    hand.leave(two);
    hand.pass(SECOND);
    hand.writeAll();
    assertEquals("five", owner(1));
  }

  /** A claim that is searched for takes one ticket: the others need not wait for it. */
  @Test
  void aFirstInLineThatIsStillSearchingDoesNotHoldEverything() {
    Asker first = hand.agent("first");
    all.add(first);
    assertTrue(hand.desk().submit(first, waiting("w", "Printer")));
    hand.settleWithoutWorkers();
    waiter("second", "");
    Asker third = hand.agent("third");
    all.add(third);
    assertTrue(hand.desk().submit(third, waiting("w", "Printer")));
    hand.settleWithoutWorkers();
    for (int i = 0; i < 20; i++) {
      assertTrue(hand.desk().submit(maker, ticket()));
    }
    hand.settle();
    hand.writeAll();
    assertEquals(1, first.answers().size());
    assertEquals(1, third.answers().size());
  }

  @Test
  void whatASilentOneCouldNotHoldIsThereForItWhenTheRestIsGone() {
    Asker first = waiter("first", "");
    first.fallSilent();
    for (int i = 0; i < 17; i++) {
      hand.ask(maker, ticket());
    }
    hand.writeAll();
    assertEquals(List.of(), first.answers());
    for (int i = 1; i <= 16; i++) {
      hand.done(maker, Ask.lock("lock" + i, i));
    }
    first.speak();
    hand.settle();
    hand.writeAll();
    assertEquals("first", owner(17));
  }

  @Test
  void itGoesToTheNextInLine() {
    Asker first = waiter("first", "");
    waiter("second", "");
    first.fallSilent();
    for (int i = 0; i < 17; i++) {
      hand.ask(maker, ticket());
    }
    hand.writeAll();
    assertEquals("second", owner(17));
    first.speak();
    hand.settle();
    hand.writeAll();
    assertEquals(1, first.answers().size());
  }

  /** Counted in looks at peers, and in turns of the desk. */
  @Test
  void oneOfferToManyQueriesIsNoLongTurn() {
    int many = 8_191;
    Asker silent = hand.agent("silent");
    all.add(silent);
    for (int i = 0; i < many; i++) {
      assertTrue(hand.desk().submit(silent, waiting("w" + i, "-tag:t" + i)));
    }
    hand.settle();
    waiter("present", "priority:normal");
    silent.fallSilent();
    hand.done(maker, ticket());
    assertEquals(1, silent.probes());
    hand.clock().lookTakes(Duration.ofNanos(10_000));
    hand.clock().advance(SECOND);
    int looks = silent.looks();
    int turns = hand.desk().runQueued();
    for (int more = 1; more > 0; turns += more) {
      more = hand.desk().runQueued();
      hand.workOnce();
    }
    hand.clock().lookTakes(Duration.ZERO);
    hand.settle();
    hand.writeAll();
    assertEquals("present", owner(1));
    assertTrue(silent.looks() - looks < 3 * many, () -> "looks: " + (silent.looks() - looks));
    assertTrue(turns > many / 100, "turns: " + turns);
    assertFalse(hand.ticket(1).lock().holder().value().equals("silent"));
  }
}

package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.sqlite.SqliteJournal;

/** A ticket sleeps until its time on the wall clock, and is no claim's until then. */
class DeskWakeTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private Instant in(Duration time) {
    return hand.clock().now().plus(time);
  }

  private static ClientMessage.UpdateTicket snooze(String id, long ticket, Instant wakeAt) {
    return Ask.update(id, ticket, TicketPatch.of(TicketField.WAKE_AT, wakeAt));
  }

  private void asleepForAnHour() {
    hand.done(alice, Ask.create("c", "Printer"));
    hand.done(alice, snooze("s", 1, in(HOUR)));
  }

  private boolean isAsleep() {
    return hand.ticket(1).isAsleep();
  }

  private void assertNothingToClaim() {
    hand.ask(bob, Ask.claim("early"));
    hand.settle();
    assertEquals(RejectionCode.NOT_FOUND, bob.code("early"));
    bob.forget();
  }

  @Test
  void itWakesOnTimeByAnEventWithoutAuthor() {
    asleepForAnHour();
    Instant end = in(HOUR);
    hand.pass(HOUR.minusMillis(1));
    assertNothingToClaim();
    hand.pass(Duration.ofMillis(1));
    hand.writeAll();
    WireEvent.TicketUpdated woken = (WireEvent.TicketUpdated) hand.last().event();
    assertNull(woken.by());
    assertEquals(
        List.of(
            new FieldChange.Replaced(
                TicketField.WAKE_AT, TicketField.WAKE_AT.type().text(end), null)),
        woken.changes());
    assertEquals("alice", woken.ticket().updated().by().value(), "nobody else did anything");
    assertEquals(end, woken.ticket().updated().at(), "updated when it woke");
    assertEquals(woken.ticket().revision(), woken.ticket().changedRevision());
    assertEquals(1, hand.done(bob, Ask.claim("now")).event().ticket().number());
  }

  @Test
  void aClockThatIsSetCountsAtTheNextLook() {
    asleepForAnHour();
    hand.clock().jump(HOUR.multipliedBy(-3));
    hand.pass(HOUR);
    assertTrue(isAsleep(), "by the clock there are three hours left");
    hand.clock().jump(HOUR.multipliedBy(3));
    hand.settle();
    hand.writeAll();
    assertTrue(!isAsleep());
  }

  @Test
  void whatIsNotInTheFutureIsNoSleep() {
    asleepForAnHour();
    hand.done(alice, snooze("now", 1, in(Duration.ZERO)));
    assertTrue(!isAsleep());
    hand.ask(alice, snooze("past", 1, in(HOUR.negated())));
    hand.settle();
    assertEquals(List.of(), updated(alice, "past").changes());
    hand.done(alice, snooze("soon", 1, in(Duration.ofMillis(1))));
    assertTrue(isAsleep());
  }

  private static WireEvent.TicketUpdated updated(Asker who, String id) {
    return (WireEvent.TicketUpdated) who.event(id).event().event();
  }

  @Test
  void onlyOpenTicketsSleep() {
    asleepForAnHour();
    hand.done(alice, Ask.update("close", 1, Ask.CLOSE));
    assertTrue(!isAsleep());
    hand.ask(alice, snooze("closed", 1, in(HOUR)));
    hand.settle();
    assertEquals(List.of(), updated(alice, "closed").changes());
    int events = hand.happened().size();
    hand.pass(HOUR);
    hand.writeAll();
    assertEquals(events, hand.happened().size(), "nothing woke");
  }

  @Test
  void anothersLockIsNotInTheWay() {
    hand.done(alice, Ask.create("c", "Printer"));
    hand.done(alice, Ask.lock("l", 1));
    hand.done(bob, snooze("s", 1, in(Duration.ofMinutes(1))));
    assertTrue(isAsleep());
    hand.pass(Duration.ofMinutes(1));
    hand.writeAll();
    assertTrue(!isAsleep());
    assertTrue(hand.ticket(1).isLocked());
    hand.done(bob, snooze("s2", 1, in(Duration.ofMinutes(1))));
    hand.done(bob, snooze("w", 1, null));
    assertTrue(!isAsleep());
  }

  @Test
  void anythingElseIsDecidedOnATicketThatIsAwake() {
    asleepForAnHour();
    hand.clock().advance(HOUR);
    hand.done(bob, Ask.title("t", 1, "Awake"));
    assertEquals(
        List.of("TicketCreated", "TicketUpdated", "TicketUpdated", "TicketUpdated"), hand.told());
    assertEquals("Awake", hand.ticket(1).content().title());
    assertNull(hand.happened().get(2).event().event().by());
  }

  @Test
  void aFailedAppendIsRetried() {
    asleepForAnHour();
    hand.pass(HOUR);
    hand.conclude(new Outcome.Busy());
    assertEquals(0, hand.journal().held().size());
    hand.pass(Duration.ofMillis(200));
    hand.writeAll();
    assertTrue(!isAsleep());
  }

  @Test
  void noneWakesWhileNothingCanBeWrittenAndRequestsAreAnswered() {
    asleepForAnHour();
    hand.pass(HOUR);
    hand.ask(bob, Ask.title("queued", 1, "Printer 2"));
    hand.journal().obstruct("The disk does not answer.");
    hand.conclude(new Outcome.Busy());
    hand.conclude(new Outcome.Busy());
    assertEquals(RejectionCode.BUSY, bob.code("queued"));
    hand.ask(bob, Ask.title("later", 1, "Printer 3"));
    hand.conclude(new Outcome.Busy());
    assertEquals(RejectionCode.BUSY, bob.code("later"));
    hand.pass(HOUR);
    assertEquals(List.of(), hand.journal().held());
    assertTrue(isAsleep());
    hand.journal().obstruct(null);
    hand.settle();
    hand.writeAll();
    assertTrue(!isAsleep());
  }

  @Test
  void aClockThatIsSetBackDuringAnAppendLosesNoSleep() {
    asleepForAnHour();
    hand.ask(bob, Ask.title("t", 1, "Printer 2"));
    hand.pass(HOUR);
    hand.clock().jump(HOUR.negated());
    hand.writeAll();
    assertTrue(isAsleep());
    hand.pass(HOUR.minusMillis(1));
    assertEquals(List.of(), hand.journal().held());
    hand.pass(Duration.ofMillis(1));
    hand.writeAll();
    assertTrue(!isAsleep());
  }

  @Test
  void aFailedAppendIsTriedAgainSoonAlthoughTheClockIsSetBack() {
    asleepForAnHour();
    hand.clock().jump(HOUR.multipliedBy(2));
    hand.settle();
    hand.conclude(new Outcome.Busy("full"));
    hand.clock().jump(HOUR.dividedBy(-2));
    hand.pass(Duration.ofMillis(199));
    assertEquals(List.of(), hand.journal().held());
    hand.pass(Duration.ofMillis(1));
    hand.writeAll();
    assertTrue(!isAsleep());
  }

  @Test
  void whatPassedWhileItWasDownWakesAtTheStart(@TempDir Path folder) {
    try (DataDirectory data = DataDirectory.open(folder)) {
      try (ManualDesk before =
          new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        before.done(alice, Ask.create("a", "Printer"));
        before.done(alice, Ask.create("b", "VPN"));
        before.done(alice, snooze("sa", 1, in(HOUR)));
        before.done(alice, snooze("sb", 2, in(HOUR.multipliedBy(3))));
      }
      try (ManualDesk after = new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        after.clock().jump(HOUR.multipliedBy(2));
        after.settle();
        after.writeAll();
        assertTrue(!after.ticket(1).isAsleep());
        assertTrue(after.ticket(2).isAsleep());
      }
    }
  }
}

package org.lesbillets.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.cli.text.HumanTime;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketMaker;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;

/** The ends of alice's lock, in words. */
class EventSentenceTest {
  private static final AgentName ALICE = new AgentName("alice");

  @ParameterizedTest
  @CsvSource({
    "alice, RELEASED, , alice unlocked #17",
    "alice, RELEASED, nobody came, alice unlocked #17: \"nobody came\"",
    "bob, FORCED, holiday, bob broke alice's lock on #17: \"holiday\"",
    "alice, FORCED, , alice broke their own lock on #17",
    ", EXPIRED, , alice's lock on #17 expired"
  })
  void theEndOfALock(String by, UnlockReason reason, String note, String sentence) {
    Ticket ticket = TicketMaker.ticket(17).make();
    Duration ttl = Duration.ofSeconds(30);
    TicketLock ended = new TicketLock(ALICE, 9, TicketMaker.NOW, ttl, ttl, null, "cli", 0);
    WireEvent event =
        new WireEvent.TicketUnlocked(
            TicketMaker.NOW, by == null ? null : new AgentName(by), ticket, reason, note, ended);
    assertEquals(sentence, EventSentence.whoAndWhat(event));
  }

  @ParameterizedTest
  @CsvSource({
    "alice, RELEASED, 0, alice gave #17 back",
    "alice, RELEASED, 1, 'alice gave #17 back, after 1 attempt'",
    "bob, FORCED, 2, bob broke alice's claim on #17: \"holiday\"",
    ", EXPIRED, 3, 'alice''s claim on #17 expired, after 3 attempts'"
  })
  void theEndOfAClaim(String by, UnlockReason reason, long attempts, String sentence) {
    Ticket ticket = TicketMaker.ticket(17).make().withAttempts(attempts);
    Duration ttl = Duration.ofSeconds(30);
    TicketLock ended =
        new TicketLock(ALICE, 9, TicketMaker.NOW, ttl, ttl, null, "cli", 0)
            .withKind(LockKind.RETURNING_CLAIM);
    String note = reason == UnlockReason.FORCED ? "holiday" : null;
    AgentName who = by == null ? null : new AgentName(by);
    assertEquals(
        sentence,
        EventSentence.whoAndWhat(
            new WireEvent.TicketUnlocked(TicketMaker.NOW, who, ticket, reason, note, ended, true)));
  }

  @Test
  void raisesAndSleeps() {
    Ticket raised =
        TicketMaker.ticket(17)
            .make()
            .withContent(
                TicketMaker.ticket(17)
                    .make()
                    .content()
                    .with(TicketField.KEY, "disk")
                    .with(TicketField.RAISED, 4L));
    assertEquals(
        "alice raised #17",
        EventSentence.whoAndWhat(
            new WireEvent.TicketCreated(TicketMaker.NOW, ALICE, raised, false)));
    FieldChange again = new FieldChange.Replaced(TicketField.RAISED, "3", "4");
    Comment comment = new Comment(9, TicketMaker.NOW, ALICE, "full");
    assertEquals(
        "alice raised #17, raised 4 times by now: \"full\"",
        sentence(raised, ALICE, List.of(again), comment));
    FieldChange open = new FieldChange.Replaced(TicketField.STATUS, "closed", "open");
    assertEquals(
        "alice reopened #17, raised 4 times by now",
        sentence(raised, ALICE, List.of(open, again), null));
    FieldChange awake =
        new FieldChange.Replaced(TicketField.WAKE_AT, "2026-11-22T10:00:00.000Z", null);
    assertEquals("#17 woke up", sentence(raised, null, List.of(awake), null));
    assertEquals("alice woke #17", sentence(raised, ALICE, List.of(awake), null));
    Ticket asleep = raised.withWakeAt(TicketMaker.NOW);
    assertEquals(
        "alice snoozed #17 until 2026-11-22T09:00:00.000Z",
        sentence(asleep, ALICE, List.of(awake), null));
    HumanTime time = new HumanTime(Clock.fixed(TicketMaker.NOW.minusSeconds(60), ZoneOffset.UTC));
    assertEquals(
        "alice snoozed #17 until 09:00",
        EventSentence.whoAndWhat(
            new WireEvent.TicketUpdated(
                TicketMaker.NOW, ALICE, asleep, List.of(awake), false, null),
            time));
  }

  private static String sentence(
      Ticket ticket, AgentName by, List<FieldChange> changes, Comment comment) {
    return EventSentence.whoAndWhat(
        new WireEvent.TicketUpdated(TicketMaker.NOW, by, ticket, changes, false, comment));
  }

  @Test
  void aStolenClaimAndACount() {
    Ticket ticket =
        TicketMaker.ticket(17).locked("bob", Duration.ZERO, Duration.ofSeconds(30)).make();
    AgentName bob = new AgentName("bob");
    assertEquals(
        "bob took the lock on #17 from alice: \"holiday\", and ended the claim",
        EventSentence.whoAndWhat(
            new WireEvent.TicketLocked(
                TicketMaker.NOW, bob, ticket, false, false, ALICE, "holiday", true)));
    List<FieldChange> changes = List.of(new FieldChange.Replaced(TicketField.ATTEMPTS, "3", "0"));
    assertEquals(
        "bob updated #17: attempts 3 → 0",
        EventSentence.whoAndWhat(
            new WireEvent.TicketUpdated(TicketMaker.NOW, bob, ticket, changes, false)));
  }
}

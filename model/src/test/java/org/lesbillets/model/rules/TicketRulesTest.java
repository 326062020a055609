package org.lesbillets.model.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.model.rules.RuleSamples.ALICE;
import static org.lesbillets.model.rules.RuleSamples.BOB;
import static org.lesbillets.model.rules.RuleSamples.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketCommented;
import org.lesbillets.model.event.WireEvent.TicketCreated;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;
import org.lesbillets.model.event.WireEvent.TicketUpdated;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;

/** What an accepted change says, and what a refusal tells a program. */
class TicketRulesTest {
  private static final Instant LATER = NOW.plusSeconds(10);

  private static Decision decide(ClientMessage.Change change, Ticket ticket, AgentName agent) {
    return TicketRules.decide(
        change, RuleSamples.facts(RuleSamples.ticket().id(), ticket, agent, LATER));
  }

  private static <E extends WireEvent> E accepted(
      Class<E> type, ClientMessage.Change change, Ticket ticket) {
    Decision decision = decide(change, ticket, ALICE);
    if (decision instanceof Decision.Accepted accepted) {
      return type.cast(accepted.event());
    }
    throw new AssertionError(decision);
  }

  private static Decision.Rejected rejected(ClientMessage.Change change, Ticket ticket) {
    return (Decision.Rejected) decide(change, ticket, ALICE);
  }

  private static ClientMessage.UpdateTicket ifRevision(TicketPatch patch, long revision) {
    return new ClientMessage.UpdateTicket(
        "1", null, TicketRef.of(17), patch, null, revision, false);
  }

  @Test
  void aCreateMakesAnOpenTicketOfTheDraftByTheOneWhoAsks() {
    TicketContent draft =
        TicketContent.titled("T")
            .with(TicketField.DESCRIPTION, "D")
            .with(TicketField.PRIORITY, Priority.HIGH)
            .with(TicketField.ASSIGNEE, BOB)
            .with(TicketField.REQUESTER, "Ann")
            .with(TicketField.REFERENCE, "mail 7")
            .with(TicketField.TAGS, List.of("a", "b"));
    TicketCreated event =
        accepted(TicketCreated.class, new ClientMessage.CreateTicket("1", null, draft), null);
    Stamp stamp = new Stamp(LATER, ALICE);
    assertEquals(
        new Ticket(RuleSamples.ticket().id(), 0, draft, stamp, stamp, 0, 0, 0, null),
        event.ticket());
    assertEquals(TicketStatus.OPEN, event.ticket().content().status());
    assertFalse(event.imported());
  }

  @Test
  void aLockBearsWhatWasAskedForAndItsOwnToken() {
    TicketLocked event =
        accepted(
            TicketLocked.class, Ask.lock("1", 17, null, RuleSamples.TERMS), RuleSamples.ticket());
    Duration ttl = Duration.ofSeconds(30);
    assertEquals(
        new TicketLock(ALICE, TicketLock.SELF, LATER, ttl, ttl, "calling", "tui", 0),
        event.ticket().lock());
    assertEquals(RuleSamples.ticket().updated(), event.ticket().updated(), "a lock is no update");
    assertFalse(event.renewed() || event.claimed());
    assertNull(event.stolenFrom());
  }

  @Test
  void aLockLastsAQuarterOfAnHourWhenNobodySaysHowLong() {
    TicketLocked event = accepted(TicketLocked.class, Ask.lock("1", 17), RuleSamples.ticket());
    assertEquals(Duration.ofMinutes(15), event.ticket().lock().ttl());
  }

  @Test
  void aRenewalKeepsSinceTokenAndWhatItLeavesOut() {
    Ticket held = RuleSamples.locked(ALICE, "calling", "cli");
    TicketLocked bare = accepted(TicketLocked.class, Ask.renew("1", 17, 40), held);
    assertTrue(bare.renewed());
    assertEquals(held.lock().withRemaining(Duration.ofMinutes(15), 0), bare.ticket().lock());

    LockTerms terms = new LockTerms(Duration.ofSeconds(5), "still calling", "tui");
    TicketLocked full = accepted(TicketLocked.class, Ask.lock("1", 17, 40L, terms), held);
    Duration ttl = Duration.ofSeconds(5);
    assertEquals(
        new TicketLock(ALICE, 40, held.lock().since(), ttl, ttl, "still calling", "tui", 0),
        full.ticket().lock());
  }

  @Test
  void aCommentIsCountedAndIsAnUpdate() {
    TicketCommented event =
        accepted(
            TicketCommented.class,
            Ask.comment("1", 17, "Called back."),
            RuleSamples.locked(BOB, null, null).withCommentCount(4));
    assertEquals(5, event.ticket().commentCount());
    assertEquals(5, event.comment().id(), "its ordinal");
    assertEquals(new Stamp(LATER, ALICE), event.ticket().updated());
    assertEquals("Called back.", event.comment().text());
    assertEquals(BOB, event.ticket().lock().holder());
  }

  @Test
  void anUnlockTellsTheLockThatEnded() {
    Ticket held = RuleSamples.locked(ALICE, "calling", null);
    TicketUnlocked event = accepted(TicketUnlocked.class, Ask.unlock("1", 17, 40L), held);
    assertEquals(UnlockReason.RELEASED, event.reason());
    assertEquals(held.lock().token(), event.ended().token());
    assertNull(event.ticket().lock());
    assertNull(event.note());
    assertEquals(held.updated(), event.ticket().updated());
  }

  @Test
  void theEndOfALeaseIsNobodysDoing() {
    Ticket held = RuleSamples.locked(BOB, null, null);
    TicketUnlocked event = (TicketUnlocked) LockRules.over(held, false, LATER);
    assertNull(event.by());
    assertNull(event.note());
    assertEquals(UnlockReason.EXPIRED, event.reason());
    assertEquals(BOB, event.ended().holder());
    assertNull(event.ticket().lock());
  }

  @Test
  void theEndOfALockThatNobodyCameForIsToldAsTheirs() {
    Ticket held = RuleSamples.locked(BOB, null, null);
    TicketUnlocked event = (TicketUnlocked) LockRules.over(held, true, LATER);
    assertEquals(BOB, event.by());
    assertEquals("whoever waited for it was gone when it came", event.note());
    assertEquals(UnlockReason.RELEASED, event.reason());
    assertEquals(BOB, event.ended().holder());
    assertNull(event.ticket().lock());
  }

  @Test
  void anUpdateTellsEachFieldThatChangedAndNoOther() {
    TicketPatch patch =
        TicketPatch.of(TicketField.TITLE, "Printer on fire")
            .with(TicketField.DESCRIPTION, "It still burns.")
            .with(TicketField.STATUS, TicketStatus.CLOSED)
            .with(TicketField.PRIORITY, Priority.URGENT)
            .with(TicketField.ASSIGNEE, BOB)
            .with(TicketField.REQUESTER, null)
            .with(TicketField.REFERENCE, "mail 7")
            .withTags(List.of("b", "a"), List.of("a", "never there"));
    TicketUpdated event =
        accepted(TicketUpdated.class, Ask.update("1", 17, patch), RuleSamples.ticket());
    assertEquals(
        List.of(
            new FieldChange.Rewritten(),
            new FieldChange.Replaced(TicketField.STATUS, "open", "closed"),
            new FieldChange.Replaced(TicketField.PRIORITY, "normal", "urgent"),
            new FieldChange.Replaced(TicketField.ASSIGNEE, null, "bob"),
            new FieldChange.Replaced(TicketField.REFERENCE, null, "mail 7"),
            new FieldChange.Retagged(List.of(), List.of("b"))),
        event.changes());
    assertEquals(new Stamp(LATER, ALICE), event.ticket().updated());
    assertEquals(RuleSamples.ticket().created(), event.ticket().created());
    assertFalse(event.unlocked());
  }

  @Test
  void fieldsBesideTagsNeedTheLock() {
    TicketPatch both =
        TicketPatch.of(TicketField.REQUESTER, "Ann").withTags(List.of("a"), List.of());
    assertEquals(
        RejectionCode.LOCKED,
        rejected(Ask.update("1", 17, both), RuleSamples.locked(BOB, null, null)).code());
  }

  @ParameterizedTest(name = "{0} tags, {1} added, {2} removed: {3}")
  @CsvSource({
    "19, 1, 0, accepted",
    "20, 0, 1, accepted",
    "20, 1, 0, refused",
    "20, 1, 1, accepted",
    "19, 2, 0, refused",
    "0, 20, 0, accepted"
  })
  void aTicketHasTwentyTagsAtMost(int has, int adds, int removes, String expected) {
    List<String> tags = IntStream.range(0, has).mapToObj(i -> "tag" + i).toList();
    List<String> added = IntStream.range(0, adds).mapToObj(i -> "new" + i).toList();
    Ticket ticket = RuleSamples.ticket();
    Ticket tagged =
        ticket.withContent(ticket.content().patched(TicketPatch.NOTHING.withTags(tags, List.of())));
    Decision decision =
        decide(
            Ask.update("1", 17, TicketPatch.NOTHING.withTags(added, tags.subList(0, removes))),
            tagged,
            ALICE);
    assertEquals(expected, decision instanceof Decision.Accepted ? "accepted" : "refused");
    if (decision instanceof Decision.Rejected no) {
      assertEquals(RejectionCode.INVALID, no.code());
      assertEquals(RejectionDetails.limit("addTags", 20), no.details());
    }
  }

  @ParameterizedTest(name = "seen {0} of a ticket changed at 20 and last touched at 50: {1}")
  @CsvSource({
    "19, STALE_REVISION",
    "20, accepted",
    "21, accepted",
    "50, accepted",
    "0, STALE_REVISION"
  })
  void anUpdateIsRefusedWhenTheTicketChangedSinceItWasSeen(long seen, String expected) {
    Ticket ticket = RuleSamples.ticket().withRevision(50, 20);
    Decision decision =
        decide(ifRevision(TicketPatch.of(TicketField.TITLE, "New"), seen), ticket, ALICE);
    assertEquals(
        expected, decision instanceof Decision.Rejected no ? no.code().name() : "accepted");
  }

  @Test
  void alsoAnUpdateOfNothingOrOfTagsAloneIsRefusedWhenTheTicketChanged() {
    Ticket ticket = RuleSamples.ticket().withRevision(50, 20);
    assertEquals(
        RejectionCode.STALE_REVISION, rejected(ifRevision(TicketPatch.NOTHING, 1), ticket).code());
    assertEquals(RejectionCode.STALE_REVISION, rejected(ifRevision(Ask.TAG, 1), ticket).code());
  }

  @Test
  void aLockInTheWayIsToldBeforeAChangeMeanwhile() {
    assertEquals(
        RejectionCode.LOCKED,
        rejected(
                ifRevision(TicketPatch.of(TicketField.TITLE, "New"), 1),
                RuleSamples.locked(BOB, null, null))
            .code());
  }

  @Test
  void aTokenSeenElsewhereIsNotOnesOwn() {
    Ticket held = RuleSamples.locked(BOB, null, null);
    assertEquals(RejectionCode.LOCKED, rejected(Ask.renew("1", 17, 40), held).code());
    assertEquals(RejectionCode.LOCKED, rejected(Ask.unlock("1", 17, 40L), held).code());
  }

  @Test
  void theTokenOfNoLockIsNobodys() {
    assertEquals(
        RejectionCode.STALE_TOKEN, rejected(Ask.renew("1", 17, 0), RuleSamples.ticket()).code());
    assertEquals(
        RejectionCode.STALE_TOKEN,
        rejected(Ask.unlock("1", 17, 0L), RuleSamples.locked(ALICE, null, null)).code());
  }

  private static ClientMessage.LockTicket steal(LockBreak seen) {
    return new ClientMessage.LockTicket(
        "1", null, TicketRef.of(17), null, LockTerms.DEFAULT, null, seen);
  }

  private static ClientMessage.UnlockTicket force(LockBreak seen) {
    return new ClientMessage.UnlockTicket("1", null, TicketRef.of(17), null, seen, null);
  }

  @Test
  void aLockIsBrokenByTheTokenThatWasSeenAndForAReason() {
    Ticket held = RuleSamples.locked(BOB, null, null);
    LockBreak seen = new LockBreak(40, "urgent");
    TicketLocked stolen = accepted(TicketLocked.class, steal(seen), held);
    assertEquals(BOB, stolen.stolenFrom());
    assertEquals("urgent", stolen.reason());
    assertEquals(ALICE, stolen.ticket().lock().holder());
    assertEquals(TicketLock.SELF, stolen.ticket().lock().token());
    TicketUnlocked forced = accepted(TicketUnlocked.class, force(seen), held);
    assertEquals(UnlockReason.FORCED, forced.reason());
    assertEquals("urgent", forced.note());
    for (ClientMessage.Change change :
        List.of(steal(new LockBreak(39, "urgent")), force(new LockBreak(39, "urgent")))) {
      assertEquals(RejectionCode.STALE_TOKEN, rejected(change, held).code());
      assertEquals(held.lock(), rejected(change, held).details().lock());
    }
    for (ClientMessage.Change change :
        List.of(steal(new LockBreak(40, null)), force(new LockBreak(40, " ")))) {
      assertEquals(RejectionCode.INVALID, rejected(change, held).code());
    }
  }

  @Test
  void onesOwnLockIsBrokenWithoutAReason() {
    Ticket held = RuleSamples.locked(ALICE, null, "tui");
    accepted(TicketLocked.class, steal(new LockBreak(40, null)), held);
    accepted(TicketUnlocked.class, force(new LockBreak(40, null)), held);
  }

  @Test
  void whereOnlyAdminsBreakLocksAnAgentMayNot() {
    Ticket held = RuleSamples.locked(BOB, null, null);
    TicketRules.Case facts =
        new TicketRules.Case(
            held.id(), held, ALICE, false, token -> Optional.empty(), KeyFacts.NONE, LATER);
    Decision decision = TicketRules.decide(steal(new LockBreak(40, "urgent")), facts);
    assertEquals(RejectionCode.FORBIDDEN, ((Decision.Rejected) decision).code());
  }

  @Test
  void whoNamesAStolenLockIsToldWhoTookItAndWhy() {
    Ticket held = RuleSamples.locked(BOB, null, null);
    LockEnd end = new LockEnd(LockEnd.How.STOLEN, BOB, "she is on holiday");
    TicketRules.Case facts =
        new TicketRules.Case(
            held.id(), held, ALICE, true, token -> Optional.of(end), KeyFacts.NONE, LATER);
    Decision decision = TicketRules.decide(Ask.unlock("1", 17, 30L), facts);
    assertEquals(
        "The lock 30 on ticket 17 was taken over by bob (she is on holiday), and bob holds it now"
            + " under token 40: look at what changed.",
        ((Decision.Rejected) decision).message());
  }

  @Test
  void theSameWordsAboutTheSameTicketHaveTheSameAnswer() {
    Ticket held = RuleSamples.locked(ALICE, "calling", "cli");
    for (ClientMessage.Change change :
        List.of(Ask.lock("1", 17), Ask.renew("1", 17, 40), Ask.title("1", 17, "New"))) {
      assertEquals(decide(change, held, ALICE), decide(change, held, ALICE));
    }
  }
}

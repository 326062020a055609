package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockBreak;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.sqlite.SqliteJournal;

/** A returning claim goes back to the pool, once, however its lock ends. */
class DeskReturnTest {
  private static final Duration TTL = Duration.ofSeconds(30);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");
  private long token;

  @BeforeEach
  void claim() {
    hand.done(alice, Ask.create("create", "Printer"));
    token = hand.done(alice, Ask.claimReturning("claim", TTL)).revision();
  }

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private Ticket ticket() {
    return hand.ticket(1);
  }

  private void assertBack(long attempts) {
    assertNull(ticket().content().assignee());
    assertEquals(attempts, ticket().attempts());
    hand.ask(bob, Ask.claim("next"));
    hand.writeAll();
    TicketLocked next = (TicketLocked) bob.event("next").event().event();
    assertTrue(next.claimed());
    assertEquals(attempts, next.ticket().attempts());
  }

  private void assertKept() {
    assertEquals("alice", ticket().content().assignee().value());
    assertEquals(0, ticket().attempts());
    assertFalse(((TicketUnlocked) hand.last().event()).returned());
  }

  @Test
  void theLockShowsThatItReturnsAlsoAfterARenewal() {
    assertEquals(LockKind.RETURNING_CLAIM, ticket().lock().kind());
    hand.done(alice, Ask.renew("renew", 1, token));
    assertEquals(LockKind.RETURNING_CLAIM, ticket().lock().kind());
    assertEquals("alice", ticket().content().assignee().value());
  }

  @Test
  void anExpiredClaimIsAFailedAttempt() {
    hand.pass(TTL);
    hand.writeAll();
    TicketUnlocked end = (TicketUnlocked) hand.last().event();
    assertEquals(UnlockReason.EXPIRED, end.reason());
    assertNull(end.by());
    assertTrue(end.returned());
    assertEquals(LockKind.RETURNING_CLAIM, end.ended().kind());
    assertBack(1);
  }

  @Test
  void attemptsAddUpAndStayWithinTheirBound() {
    hand.done(alice, Ask.update("set", 1, TicketPatch.of(TicketField.ATTEMPTS, (long) 999_999)));
    hand.done(alice, Ask.giveBack("one", 1, token, GiveBack.FAILED));
    assertEquals(1_000_000, ticket().attempts());
    long again = hand.done(bob, Ask.claimReturning("again", TTL)).revision();
    hand.done(bob, Ask.giveBack("two", 1, again, GiveBack.FAILED));
    assertBack(1_000_000);
  }

  @Test
  void whatIsGivenBackUntriedIsNotCounted() {
    TicketUnlocked end =
        (TicketUnlocked) hand.done(alice, Ask.giveBack("g", 1, null, GiveBack.UNTRIED)).event();
    assertEquals(UnlockReason.RELEASED, end.reason());
    assertEquals("alice", end.by().value());
    assertTrue(end.returned());
    assertBack(0);
  }

  @Test
  void aStolenClaimIsNotTheThiefs() {
    TicketLocked stolen =
        (TicketLocked) hand.done(bob, Ask.steal("s", 1, token, "on leave")).event();
    assertTrue(stolen.returned());
    assertEquals(LockKind.PLAIN, stolen.ticket().lock().kind());
    assertNull(stolen.ticket().content().assignee());
    assertEquals(0, ticket().attempts());
    hand.done(bob, Ask.unlock("u", 1, null));
    assertFalse(((TicketUnlocked) hand.last().event()).returned());
    assertBack(0);
  }

  @Test
  void aForcedClaimIsNotCounted() {
    hand.done(bob, Ask.force("f", 1, token, "on leave"));
    assertTrue(((TicketUnlocked) hand.last().event()).returned());
    assertBack(0);
  }

  @Test
  void aPlainReleaseKeepsTheAssignment() {
    hand.done(alice, Ask.unlock("u", 1, token));
    assertKept();
  }

  @Test
  void closingKeepsTheAssignmentAndNothingIsCounted() {
    hand.done(alice, Ask.update("c", 1, Ask.CLOSE, token));
    assertFalse(ticket().isOpen() || ticket().isLocked());
    assertEquals("alice", ticket().content().assignee().value());
    hand.pass(TTL);
    assertEquals(0, ticket().attempts());
  }

  @Test
  void oneWhoHandsTheTicketOnGivesNothingBack() {
    hand.done(alice, Ask.update("a", 1, TicketPatch.of(TicketField.ASSIGNEE, bob.agent()), token));
    assertEquals(LockKind.CLAIM, ticket().lock().kind());
    hand.pass(TTL);
    hand.writeAll();
    assertFalse(((TicketUnlocked) hand.last().event()).returned());
    assertEquals("bob", ticket().content().assignee().value());
    assertEquals(0, ticket().attempts());
  }

  @Test
  void assigningItToOneselfOnceMoreChangesNothing() {
    hand.ask(alice, Ask.update("a", 1, TicketPatch.of(TicketField.ASSIGNEE, alice.agent()), token));
    hand.writeAll();
    assertEquals(LockKind.RETURNING_CLAIM, ticket().lock().kind());
  }

  @Test
  void anotherChangeByTheHolderLeavesTheClaimReturning() {
    hand.done(alice, Ask.title("t", 1, "Printer, third floor"));
    hand.done(alice, Ask.comment("k", 1, "On it"));
    hand.pass(TTL);
    hand.writeAll();
    assertBack(1);
  }

  @Test
  void aClaimThatDoesNotReturnKeepsItsAssignmentUnlessItIsGivenBack() {
    hand.done(alice, Ask.giveBack("first", 1, token, GiveBack.UNTRIED));
    hand.done(alice, Ask.claim("kept"));
    assertEquals(LockKind.CLAIM, ticket().lock().kind());
    hand.pass(Duration.ofMinutes(15));
    hand.writeAll();
    assertKept();
    hand.done(alice, Ask.update("free", 1, TicketPatch.of(TicketField.ASSIGNEE, null)));
    hand.done(alice, Ask.claim("again"));
    hand.done(alice, Ask.giveBack("second", 1, null, GiveBack.FAILED));
    assertTrue(((TicketUnlocked) hand.last().event()).returned());
    assertBack(1);
  }

  @Test
  void whatNoClaimTookCannotBeGivenBack() {
    hand.done(alice, Ask.unlock("u", 1, token));
    hand.done(alice, Ask.lock("lock", 1));
    refused(Ask.giveBack("g", 1, null, GiveBack.FAILED), RejectionCode.INVALID, "giveBack");
    assertTrue(ticket().isLocked());
  }

  @Test
  void givingBackDoesNotStandBesideForce() {
    ClientMessage.UnlockTicket both =
        new ClientMessage.UnlockTicket(
            "g", null, TicketRef.of(1), null, new LockBreak(token, "x"), GiveBack.UNTRIED);
    refused(both, RejectionCode.INVALID, "giveBack");
  }

  @Test
  void aTicketThatIsGivenBackCanSleep() {
    GiveBack asleep = new GiveBack(true, Duration.ofMinutes(5));
    hand.done(alice, Ask.giveBack("g", 1, token, asleep));
    assertEquals(hand.clock().now().plus(Duration.ofMinutes(5)), ticket().content().wakeAt());
    hand.ask(bob, Ask.claim("early"));
    hand.settle();
    assertEquals(RejectionCode.NOT_FOUND, bob.code("early"));
    hand.pass(Duration.ofMinutes(5));
    hand.writeAll();
    assertBack(1);
  }

  @Test
  void noDelayIsNoSleep() {
    hand.done(alice, Ask.giveBack("h", 1, token, new GiveBack(true, Duration.ZERO)));
    assertBack(1);
  }

  private void refused(ClientMessage.UnlockTicket message, RejectionCode code, String field) {
    hand.ask(alice, message);
    hand.settle();
    assertEquals(code, alice.code(message.requestId()));
    assertEquals(field, alice.rejected(message.requestId()).details().field());
    assertTrue(ticket().isLocked());
  }

  @Test
  void theSameOperationGivesBackOnce() {
    ClientMessage.Change first =
        Ask.as(new UUID(7, 7), Ask.giveBack("g", 1, token, GiveBack.FAILED));
    hand.done(alice, first);
    hand.ask(alice, Ask.again("again", first));
    hand.settle();
    assertTrue(alice.event("again").repeated());
    assertEquals(1, ticket().attempts());
    hand.ask(alice, Ask.as(new UUID(7, 7), Ask.giveBack("other", 1, token, GiveBack.UNTRIED)));
    hand.settle();
    assertEquals(RejectionCode.INVALID, alice.code("other"));
  }

  @Test
  void attemptsNeedNoLockAndAreNoReasonToRefuseAnEdit() {
    hand.done(bob, Ask.update("set", 1, TicketPatch.of(TicketField.ATTEMPTS, 7L)));
    assertEquals(7, ticket().attempts());
    hand.ask(bob, Ask.update("same", 1, TicketPatch.of(TicketField.ATTEMPTS, 7L)));
    hand.settle();
    assertEquals(ticket().revision(), bob.event("same").event().revision(), "nothing changed");
    hand.done(bob, Ask.update("zero", 1, TicketPatch.of(TicketField.ATTEMPTS, 0L)));
    assertEquals(0, ticket().attempts());
  }

  @Test
  void aRestartEndsNoClaimAndWhatRunsOutLaterCounts(@TempDir Path folder) {
    try (DataDirectory data = DataDirectory.open(folder)) {
      try (ManualDesk before =
          new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        before.done(alice, Ask.create("c", "Printer"));
        before.done(alice, Ask.claimReturning("l", TTL));
        before.done(bob, Ask.update("a", 1, TicketPatch.of(TicketField.ATTEMPTS, 4L)));
      }
      try (ManualDesk after = new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        assertEquals(LockKind.RETURNING_CLAIM, after.ticket(1).lock().kind());
        assertEquals("alice", after.ticket(1).content().assignee().value());
        after.pass(TTL);
        after.writeAll();
        assertNull(after.ticket(1).content().assignee());
        assertEquals(5, after.ticket(1).attempts());
      }
    }
  }
}

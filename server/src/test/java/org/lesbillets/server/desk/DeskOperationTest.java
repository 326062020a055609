package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.field.InternPool;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.Append;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;

/** The same operation id has one effect, whatever happened to the first answer. */
class DeskOperationTest {
  private static final UUID OPERATION = new UUID(7, 7);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");

  @BeforeEach
  void create() {
    hand.done(alice, Ask.create("create", "Printer"));
  }

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private void assertRepeats(SequencedEvent first, String requestId) {
    ServerMessage.EventMessage again = alice.event(requestId);
    assertTrue(again.repeated());
    assertEquals(first.revision(), again.event().revision());
    assertEquals(first.event().type(), again.event().event().type());
    assertEquals(first.revision(), hand.desk().revision(), "nothing else happened");
  }

  @Test
  void aRepeatGetsTheFirstEventAndHasNoEffect() {
    ClientMessage.Change said = Ask.as(OPERATION, Ask.comment("1", 1, "Hello"));
    SequencedEvent first = hand.done(alice, said);
    assertFalse(alice.event("1").repeated());
    int told = hand.told().size();
    hand.done(alice, Ask.again("2", said));
    assertRepeats(first, "2");
    assertEquals(told, hand.told().size());
    assertEquals(1, hand.ticket(1).commentCount());
  }

  /** What a refused client believes undone must not be done by what it asked before. */
  @Test
  void aRequestOfAReplacedConnectionIsDropped() {
    hand.done(bob, Ask.lock("lock", 1));
    Asker before = hand.agent("alice");
    ClientMessage.Change change = Ask.as(OPERATION, Ask.comment("1", 1, "Hello"));
    ClientMessage.Change update = Ask.as(new UUID(8, 8), Ask.update("2", 1, Ask.CLOSE));
    assertTrue(hand.desk().submit(before, change));
    assertTrue(hand.desk().submit(before, update));
    before.replace();
    hand.ask(alice, Ask.again("3", update));
    assertEquals(RejectionCode.LOCKED, alice.rejected("3").code());
    hand.done(bob, Ask.unlock("unlock", 1, null));
    hand.writeAll();
    assertEquals(0, hand.ticket(1).commentCount());
    assertTrue(hand.ticket(1).isOpen());
    assertEquals(List.of(), before.answers());
  }

  @Test
  void aRepeatInLineBehindTheFirstIsARepeat() {
    ClientMessage.Change said = Ask.as(OPERATION, Ask.comment("1", 1, "Hello"));
    hand.ask(alice, said);
    hand.ask(alice, Ask.again("2", said));
    hand.writeAll();
    assertRepeats(alice.event("1").event(), "2");
  }

  @Test
  void aRepeatThatWouldNowBeRefusedIsARepeat() {
    ClientMessage.Change locks = Ask.as(OPERATION, Ask.lock("1", 1));
    SequencedEvent first = hand.done(alice, locks);
    hand.done(alice, Ask.again("2", locks));
    assertRepeats(first, "2");

    hand.pass(Duration.ofMinutes(5));
    hand.ask(alice, Ask.again("3", locks));
    TicketLocked told = (TicketLocked) alice.event("3").event().event();
    assertEquals(Duration.ofMinutes(10), told.ticket().lock().expiresIn(), "as it is now");
  }

  @Test
  void aRepeatedLockThatIsOverHasNoTimeLeft() {
    ClientMessage.Change locks = Ask.as(OPERATION, Ask.lock("1", 1));
    hand.done(alice, locks);
    hand.done(alice, Ask.unlock("2", 1, null));
    hand.done(bob, Ask.lock("3", 1));
    hand.ask(alice, Ask.again("4", locks));
    TicketLocked told = (TicketLocked) alice.event("4").event().event();
    assertEquals("alice", told.ticket().lock().holder().value());
    assertEquals(Duration.ZERO, told.ticket().lock().expiresIn());
  }

  @Test
  void aRepeatThatWouldNowChangeNothingIsARepeat() {
    ClientMessage.Change closes = Ask.as(OPERATION, Ask.update("1", 1, Ask.CLOSE));
    SequencedEvent first = hand.done(alice, closes);
    hand.ask(alice, Ask.again("2", closes));
    assertRepeats(first, "2");
  }

  @Test
  void aRepeatByAPrefixThatMeansSeveralTicketsByNowIsARepeat() {
    TicketRef ref = TicketRef.parse(hand.ticket(1).id().toString().substring(0, 18));
    assertEquals(1, hand.desk().book().matches(ref, 2).size());
    ClientMessage.Change said = new ClientMessage.CommentTicket("1", OPERATION, ref, "Hello");
    hand.done(alice, said);
    SequencedEvent second = hand.done(bob, Ask.create("b", "Another"));
    assertEquals(2, hand.desk().book().matches(ref, 2).size());
    hand.ask(alice, Ask.again("2", said));
    assertTrue(alice.event("2").repeated());
    assertEquals(second.revision(), hand.desk().revision());
    hand.ask(alice, new ClientMessage.CommentTicket("3", new UUID(8, 8), ref, "Hello"));
    assertEquals(RejectionCode.AMBIGUOUS, alice.code("3"));
    assertEquals(2, alice.rejected("3").details().candidates().size());
  }

  private static final LockTerms TERMS = new LockTerms(Duration.ofMinutes(2), "paper", "cli");

  private static ClientMessage.Change waits(String id, LockTerms terms, LockWait waiting) {
    return Ask.as(OPERATION, Ask.lock(id, 1, null, terms).queued(waiting));
  }

  /** Locks the ticket, and records that with a hash over how long the request would have waited. */
  private void lockedByAnEarlierRelease() {
    hand.ask(alice, waits("1", TERMS, new LockWait(Duration.ofMinutes(1))));
    Append append = hand.journal().only().append();
    Operation recorded =
        new Operation(append.operation().agent(), OPERATION, "0".repeat(32), false);
    hand.journal()
        .appendElsewhere(
            new Append(append.expectedRevision(), recorded, append.event(), append.comments()));
    hand.writeAll();
    assertTrue(alice.event("1").repeated());
  }

  @Test
  void aWaitThatAnEarlierReleaseRecordedIsRepeatedWithWhatIsLeftOfIt() {
    lockedByAnEarlierRelease();
    SequencedEvent locked = hand.last();
    hand.ask(alice, waits("2", TERMS, new LockWait(Duration.ofMillis(31_416))));
    hand.settle();
    assertRepeats(locked, "2");
    hand.ask(alice, waits("3", TERMS, LockWait.FOREVER));
    hand.settle();
    assertRepeats(locked, "3");
    String id = hand.ticket(1).id().toString();
    for (String ref : List.of(id, id.substring(0, 18))) {
      hand.ask(
          alice,
          new ClientMessage.LockTicket(TicketRef.parse(ref), TERMS)
              .queued(LockWait.FOREVER)
              .identified(ref, OPERATION));
      hand.settle();
      assertRepeats(locked, ref);
    }
  }

  @Test
  void anotherRequestThanAnEarlierReleaseRecordedIsInvalid() {
    lockedByAnEarlierRelease();
    hand.done(bob, Ask.create("other", "Another printer"));
    LockWait rest = new LockWait(Duration.ofSeconds(5));
    List<ClientMessage.Change> others =
        List.of(
            waits("no wait", TERMS, null),
            waits("ttl", TERMS.withTtl(null), rest),
            waits("client", TERMS.withClient("tui"), rest),
            waits("note", new LockTerms(TERMS.ttl(), "ink", "cli"), rest),
            Ask.as(OPERATION, Ask.lock("ticket", 2, null, TERMS).queued(rest)),
            Ask.as(OPERATION, Ask.claim("claim").queued(rest)),
            Ask.as(OPERATION, Ask.comment("comment", 1, "paper")));
    for (ClientMessage.Change other : others) {
      hand.ask(alice, other);
      hand.writeAll();
      assertEquals(RejectionCode.INVALID, alice.code(other.requestId()), other::requestId);
    }
  }

  @Test
  void otherContentIsInvalid() {
    hand.done(alice, Ask.as(OPERATION, Ask.comment("1", 1, "Hello")));
    hand.ask(alice, Ask.as(OPERATION, Ask.comment("2", 1, "Goodbye")));
    hand.ask(alice, Ask.as(OPERATION, Ask.create("3", "Hello")));
    hand.writeAll();
    hand.done(alice, Ask.create("4", "Two"));
    hand.ask(alice, Ask.as(OPERATION, Ask.comment("5", 2, "Hello")));
    hand.writeAll();
    for (String id : List.of("2", "3", "5")) {
      assertEquals(RejectionCode.INVALID, alice.code(id), id);
      assertEquals("operationId", alice.rejected(id).details().field());
    }
    assertEquals(2, hand.desk().book().size());
  }

  @Test
  void anIdIsItsAgentsOwn() {
    hand.done(alice, Ask.as(OPERATION, Ask.comment("1", 1, "Hello")));
    hand.done(bob, Ask.as(OPERATION, Ask.comment("1", 1, "Hello")));
    assertFalse(bob.event("1").repeated());
    assertEquals(2, hand.ticket(1).commentCount());
    TicketId hers =
        hand.done(alice, Ask.as(new UUID(9, 9), Ask.create("2", "A"))).event().ticket().id();
    TicketId his =
        hand.done(bob, Ask.as(new UUID(9, 9), Ask.create("2", "A"))).event().ticket().id();
    assertNotEquals(hers, his);
  }

  @Test
  void aCreateDerivesTheTicketsIdAndIsOneTicket() {
    ClientMessage.Change creates = Ask.as(OPERATION, Ask.create("1", "Two"));
    hand.ask(alice, creates);
    hand.ask(alice, Ask.again("2", creates));
    assertEquals(1, hand.journal().held().size());
    hand.writeAll();
    assertRepeats(alice.event("1").event(), "2");
    hand.ask(alice, Ask.again("3", creates));
    assertTrue(alice.event("3").repeated());
    hand.ask(alice, Ask.as(OPERATION, Ask.create("4", "Three")));
    assertEquals(RejectionCode.INVALID, alice.code("4"));
    assertEquals(2, hand.desk().book().size());

    try (ManualDesk elsewhere = new ManualDesk()) {
      assertEquals(
          hand.ticket(2).id(),
          elsewhere.done(alice, Ask.again("5", creates)).event().ticket().id());
    }
  }

  @Test
  void aRefusalIsNotRemembered() {
    hand.done(bob, Ask.lock("lock", 1));
    ClientMessage.Change title = Ask.as(OPERATION, Ask.title("1", 1, "New"));
    hand.ask(alice, title);
    assertEquals(RejectionCode.LOCKED, alice.code("1"));
    hand.done(bob, Ask.unlock("unlock", 1, null));
    hand.done(alice, Ask.again("2", title));
    assertFalse(alice.event("2").repeated());
    assertEquals("New", hand.ticket(1).content().title());
  }

  @Test
  void othersOnTheTicketDoNotWaitForAMemoryToBeRead() {
    ClientMessage.Change locks = Ask.as(OPERATION, Ask.lock("1", 1));
    hand.done(alice, locks);
    hand.desk().submit(alice, Ask.again("2", locks));
    hand.desk().submit(bob, Ask.comment("3", 1, "Hello"));
    hand.settleWithoutWorkers();
    assertEquals(1, hand.journal().held().size());
    hand.writeAll();
    assertEquals(List.of("3"), bob.answered());
    assertTrue(alice.event("2").repeated());
  }

  @Test
  void workersWithTooMuchToDoAreBusyAndNothingIsLost() {
    ClientMessage.Change locks = Ask.as(OPERATION, Ask.lock("1", 1));
    hand.done(alice, locks);
    hand.workersAreBusy(true);
    hand.ask(alice, Ask.again("2", locks));
    assertEquals(RejectionCode.BUSY, alice.code("2"));
    hand.workersAreBusy(false);
    hand.ask(alice, Ask.again("3", locks));
    assertTrue(alice.event("3").repeated());
  }

  @Test
  void aJournalThatTakesNoMoreStillRemembers() {
    ClientMessage.Change said = Ask.as(OPERATION, Ask.comment("1", 1, "Hello"));
    SequencedEvent first = hand.done(alice, said);
    hand.journal().fail("the disk is full");
    hand.ask(alice, Ask.again("2", said));
    hand.conclude(new Outcome.ReadOnly("the disk is full"));
    assertRepeats(first, "2");
    hand.ask(alice, Ask.as(new UUID(8, 8), Ask.comment("3", 1, "Hello")));
    hand.conclude(new Outcome.ReadOnly("the disk is full"));
    assertEquals(RejectionCode.READ_ONLY, alice.code("3"));
  }

  @Test
  void whatMayHaveHappenedStaysUncertainUntilTheJournalKnows() {
    ClientMessage.Change title = Ask.as(OPERATION, Ask.title("1", 1, "New"));
    hand.ask(alice, title);
    hand.journal().fail("the disk is full");
    hand.conclude(new Outcome.Unknown("the disk is full"));
    assertEquals(RejectionCode.UNCERTAIN, alice.code("1"));
    hand.ask(alice, Ask.again("2", title));
    hand.conclude(new Outcome.ReadOnly("the disk is full"));
    assertEquals(RejectionCode.UNCERTAIN, alice.code("2"), "no trace proves nothing");
    hand.ask(alice, Ask.as(new UUID(8, 8), Ask.title("3", 1, "New")));
    hand.conclude(new Outcome.ReadOnly("the disk is full"));
    assertEquals(RejectionCode.READ_ONLY, alice.code("3"));
  }

  /** That it was written says nothing of its old bytes: only a journal that works knows. */
  @Test
  void aRedactionIsDoneOnlyWhenTheJournalSaysSo() {
    Asker admin = new Asker("admin-ada", Role.ADMIN);
    ClientMessage.RedactTicket redacts =
        new ClientMessage.RedactTicket(
            "1", OPERATION, TicketRef.of(1), Redaction.ofField(TicketField.TITLE), null);
    hand.ask(admin, redacts);
    hand.journal().write(hand.journal().only());
    hand.conclude(new Outcome.Unfinished("there is no room"));
    assertEquals(RejectionCode.UNCERTAIN, admin.code("1"));
    assertTrue(admin.rejected("1").message().contains("are redacted, but the old text may still"));
    assertEquals(Redaction.TEXT, hand.ticket(1).content().title(), "it is done in the book");

    hand.ask(admin, Ask.again("2", redacts));
    hand.conclude(new Outcome.ReadOnly("the disk failed"));
    assertEquals(RejectionCode.UNCERTAIN, admin.code("2"));
    hand.ask(admin, Ask.again("3", redacts));
    hand.writeAll();
    assertTrue(admin.event("3").repeated());
    hand.ask(admin, Ask.again("4", redacts));
    hand.conclude(new Outcome.ReadOnly("the disk failed"));
    assertEquals(RejectionCode.READ_ONLY, admin.code("4"), "it is written, and that is no answer");
  }

  @Test
  void aRedactionForgetsTheTextsThatTicketsShare() {
    String requester = InternPool.line("Jane Roe, room 7");
    Asker admin = new Asker("admin-ada", Role.ADMIN);
    ClientMessage.RedactTicket redacts =
        new ClientMessage.RedactTicket(
            "1", OPERATION, TicketRef.of(1), Redaction.ofField(TicketField.REQUESTER), null);
    hand.ask(admin, redacts);
    assertSame(requester, InternPool.LINES.find(requester));
    hand.writeAll();
    assertEquals(1, admin.event("1").event().event().ticket().number());
    assertNull(InternPool.LINES.find(requester));
  }

  @Test
  void whatMayHaveHappenedIsNotRefusedForWhatCameAfterIt() {
    ClientMessage.Change title = Ask.as(OPERATION, Ask.title("1", 1, "New"));
    hand.ask(alice, title);
    hand.conclude(new Outcome.Unknown("no answer"));
    hand.done(bob, Ask.lock("lock", 1));
    hand.ask(alice, Ask.again("2", title));
    assertEquals(RejectionCode.UNCERTAIN, alice.code("2"));
    hand.done(bob, Ask.unlock("unlock", 1, null));
    hand.done(alice, Ask.again("3", title));
    assertFalse(alice.event("3").repeated());
    hand.done(bob, Ask.lock("lock2", 1));
    hand.ask(alice, Ask.again("4", title));
    assertTrue(alice.event("4").repeated());
  }
}

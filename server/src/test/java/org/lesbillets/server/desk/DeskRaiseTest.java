package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Role;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.field.FieldChange;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.sqlite.SqliteJournal;

/** One open ticket for one trouble, whoever raises it how often. */
class DeskRaiseTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private static WireEvent.TicketUpdated updated(SequencedEvent event) {
    return (WireEvent.TicketUpdated) event.event();
  }

  private static long raised(Ticket ticket) {
    return ticket.content().get(TicketField.RAISED);
  }

  @Test
  void theFirstRaiseMakesATicketAndOthersCountUp() {
    WireEvent first = hand.done(alice, Ask.raise("1", "disk", "full", null)).event();
    assertEquals("TicketCreated", first.type());
    assertEquals("disk", first.ticket().content().key());
    assertEquals("About disk", first.ticket().content().title());
    assertEquals(1, raised(first.ticket()));
    assertEquals(1, first.ticket().commentCount());

    WireEvent.TicketUpdated second =
        updated(hand.done(bob, Ask.raise("2", "disk", "fuller", null)));
    assertEquals(List.of(new FieldChange.Replaced(TicketField.RAISED, "1", "2")), second.changes());
    assertEquals("fuller", second.comment().text());
    assertEquals(2, second.comment().id());
    assertEquals(2, second.ticket().commentCount());
    assertEquals("bob", second.ticket().updated().by().value());
    assertEquals(2, hand.done(bob, Ask.raise("3", "other")).event().ticket().number());
  }

  @Test
  void theSameTextIsNotSaidTwice() {
    hand.done(alice, Ask.raise("1", "disk", "full", null));
    WireEvent.TicketUpdated same = updated(hand.done(bob, Ask.raise("2", "disk", "full", null)));
    assertEquals(null, same.comment());
    assertEquals(2, raised(same.ticket()));
    hand.done(bob, Ask.comment("c", 1, "looking"));
    Comment again = updated(hand.done(bob, Ask.raise("3", "disk", "full", null))).comment();
    assertEquals("full", again.text());
    assertEquals(null, updated(hand.done(bob, Ask.raise("4", "disk"))).comment());
  }

  @Test
  void anothersLockIsNotInTheWay() {
    hand.done(alice, Ask.raise("1", "disk"));
    hand.done(alice, Ask.lock("l", 1));
    assertEquals(2, raised(hand.done(bob, Ask.raise("2", "disk")).event().ticket()));
    assertTrue(hand.ticket(1).isLocked());
  }

  @Test
  void raisesAtOnceMakeOneTicket() {
    hand.ask(alice, Ask.raise("1", "disk"));
    hand.ask(bob, Ask.raise("2", "disk"));
    hand.ask(bob, Ask.raise("3", "disk"));
    assertEquals(1, hand.journal().held().size());
    hand.writeAll();
    assertEquals(1, hand.desk().book().size());
    assertEquals(3, raised(hand.ticket(1)));
  }

  @Test
  void oneWhoseMakerFailedMakesItItself() {
    hand.ask(alice, Ask.raise("1", "disk"));
    hand.ask(bob, Ask.raise("2", "disk"));
    hand.conclude(new Outcome.Busy());
    hand.writeAll();
    assertEquals(RejectionCode.BUSY, alice.code("1"));
    assertEquals("TicketCreated", bob.event("2").event().event().type());
    assertEquals(1, hand.desk().book().size());
  }

  @Test
  void aClosedOneIsLeftAloneUnlessItIsToBeReopened() {
    hand.done(alice, Ask.raise("1", "disk"));
    hand.done(alice, Ask.update("close", 1, Ask.CLOSE));
    assertEquals(2, hand.done(alice, Ask.raise("2", "disk")).event().ticket().number());
    hand.done(alice, Ask.update("close2", 2, Ask.CLOSE));
    hand.pass(HOUR);
    Ticket third = hand.done(alice, Ask.raise("3", "disk", null, HOUR)).event().ticket();
    assertEquals(3, third.number(), "closed an hour ago is not less");
  }

  @Test
  void theLastClosedIsReopenedInTime() {
    hand.done(alice, Ask.raise("1", "disk"));
    hand.done(alice, Ask.update("close", 1, Ask.CLOSE));
    hand.done(alice, Ask.raise("2", "disk"));
    hand.done(alice, Ask.update("close2", 2, Ask.CLOSE));
    hand.pass(HOUR.minusMillis(1));
    WireEvent.TicketUpdated reopened =
        updated(hand.done(bob, Ask.raise("3", "disk", "again", HOUR)));
    assertEquals(2, reopened.ticket().number());
    assertTrue(reopened.ticket().isOpen());
    assertEquals(
        List.of(
            new FieldChange.Replaced(TicketField.STATUS, "closed", "open"),
            new FieldChange.Replaced(TicketField.RAISED, "1", "2")),
        reopened.changes());
    assertEquals("again", reopened.comment().text());
  }

  @Test
  void aTicketLockedByAnotherIsNotReopened() {
    hand.done(alice, Ask.raise("1", "disk"));
    hand.done(alice, Ask.update("close", 1, Ask.CLOSE));
    hand.done(alice, Ask.lock("l", 1));
    hand.ask(bob, Ask.raise("2", "disk", null, HOUR));
    hand.settle();
    assertEquals(RejectionCode.LOCKED, bob.code("2"));
  }

  @Test
  void whatIsClosedWhileARaiseWaitsIsLookedUpAgain() {
    hand.done(alice, Ask.raise("1", "disk"));
    hand.ask(alice, Ask.update("close", 1, Ask.CLOSE));
    hand.ask(bob, Ask.raise("2", "disk"));
    hand.writeAll();
    assertEquals(2, bob.event("2").event().event().ticket().number());
    assertEquals(1, raised(hand.ticket(1)));
  }

  @Test
  void noOtherTicketIsOpenedUnderAnOpenKey() {
    hand.done(alice, Ask.raise("1", "disk"));
    hand.done(alice, Ask.update("close", 1, Ask.CLOSE));
    hand.ask(alice, Ask.raise("2", "disk"));
    hand.ask(bob, Ask.update("reopen", 1, Ask.REOPEN));
    assertEquals(1, hand.journal().held().size(), "the update waits for what becomes of it");
    hand.writeAll();
    refusedBecauseOf2("reopen");
  }

  private void refusedBecauseOf2(String requestId) {
    RejectionDetails details = bob.rejected(requestId).details();
    assertEquals(RejectionCode.INVALID, bob.code(requestId));
    assertEquals("status", details.field());
    assertEquals(List.of(RejectionDetails.Candidate.of(hand.ticket(2))), details.candidates());
  }

  @Test
  void oneThatWaitedForAFailureOpensItsOwn() {
    hand.done(alice, Ask.raise("1", "disk"));
    hand.done(alice, Ask.update("close", 1, Ask.CLOSE));
    hand.ask(alice, Ask.raise("2", "disk"));
    hand.ask(bob, Ask.update("reopen", 1, Ask.REOPEN));
    hand.conclude(new Outcome.Busy());
    hand.writeAll();
    assertTrue(hand.ticket(1).isOpen());
    assertEquals(1, hand.desk().book().size());
  }

  @Test
  void anImportIsNotOpenedUnderAnOpenKey() {
    hand.done(alice, Ask.create("c", "Printer"));
    hand.done(alice, Ask.raise("1", "disk"));
    Ticket other = hand.ticket(2).withNumber(7).withRevision(0, 0).withCommentCount(0);
    Ticket brought =
        new Ticket(
            new TicketId(new UUID(9, 9)),
            7,
            other.content(),
            other.created(),
            other.updated(),
            0,
            0,
            0,
            null);
    Asker root = new Asker("bob", Role.ADMIN);
    hand.ask(root, new ClientMessage.ImportTicket("i", null, brought, List.of()));
    hand.settle();
    assertEquals(RejectionCode.INVALID, root.code("i"));
    assertEquals("status", root.rejected("i").details().field());
    Ticket closed = brought.withContent(brought.content().patched(Ask.CLOSE));
    hand.done(root, new ClientMessage.ImportTicket("j", null, closed, List.of()));
    assertEquals("disk", hand.ticket(7).content().key());
  }

  @Test
  void theSameOperationRaisesOnce() {
    ClientMessage.Change raise = Ask.as(new UUID(7, 7), Ask.raise("1", "disk", "full", HOUR));
    SequencedEvent first = hand.done(alice, raise);
    hand.ask(alice, Ask.again("2", raise));
    hand.writeAll();
    assertTrue(alice.event("2").repeated());
    assertEquals(first.revision(), alice.event("2").event().revision());
    hand.done(alice, Ask.update("close", 1, Ask.CLOSE));
    hand.ask(alice, Ask.again("3", raise));
    hand.writeAll();
    assertTrue(alice.event("3").repeated());
    assertEquals(1, raised(hand.ticket(1)));
    assertEquals(1, hand.desk().book().size());
  }

  @Test
  void aKeyNamesItsOpenTicket() {
    hand.done(alice, Ask.raise("1", "Disk:/var"));
    TicketRef ref = TicketRef.parse("key:Disk:/var");
    hand.done(bob, new ClientMessage.CommentTicket("c", null, ref, "looking"));
    assertEquals(1, hand.ticket(1).commentCount());
    hand.done(bob, Ask.update("close", 1, Ask.CLOSE));
    hand.ask(bob, new ClientMessage.CommentTicket("d", null, ref, "gone"));
    hand.ask(bob, Ask.show("s", TicketRef.parse("key:disk:/VAR")));
    hand.settle();
    assertEquals(RejectionCode.NOT_FOUND, bob.code("d"));
    assertEquals(RejectionCode.NOT_FOUND, bob.code("s"));
  }

  @Test
  void whatWasBeforeAStartIsReadFromTheJournal(@TempDir Path folder) {
    try (DataDirectory data = DataDirectory.open(folder)) {
      try (ManualDesk before =
          new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        before.done(alice, Ask.raise("1", "disk", "full", null));
        before.done(alice, Ask.raise("2", "net", "down", null));
        before.done(alice, Ask.update("close", 1, Ask.CLOSE));
        before.pass(HOUR);
        before.done(alice, Ask.comment("late", 1, "moves the time of update"));
      }
      try (ManualDesk after = new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        after.clock().jump(HOUR);
        assertEquals(null, updated(after.done(bob, Ask.raise("3", "net", "down", null))).comment());
        SequencedEvent reopened = after.done(bob, Ask.raise("4", "disk", "x", HOUR.plusMillis(1)));
        assertEquals(1, reopened.event().ticket().number());
        after.done(bob, Ask.update("close", 1, Ask.CLOSE));
        after.pass(HOUR);
        assertNotEquals(
            1, after.done(bob, Ask.raise("5", "disk", "x", HOUR)).event().ticket().number());
      }
    }
  }

  @Test
  void theLastOfManyClosedTicketsIsFoundAfterAStart(@TempDir Path folder) {
    try (DataDirectory data = DataDirectory.open(folder)) {
      try (ManualDesk before =
          new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        for (int i = 1; i <= 40; i++) {
          before.done(alice, Ask.raise("r" + i, "disk", "full", null));
          before.done(alice, Ask.update("close" + i, i, Ask.CLOSE));
          before.pass(Duration.ofSeconds(1));
        }
        for (int i = 1; i < 40; i++) {
          before.done(alice, Ask.comment("late" + i, i, "moves the time of update"));
        }
      }
      try (ManualDesk after = new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        SequencedEvent reopened = after.done(bob, Ask.raise("again", "disk", "x", HOUR));
        assertEquals(40, reopened.event().ticket().number());
      }
    }
  }

  /** A restarted desk, whose journal's file is ahead of what it delivers; asked for a raise. */
  private void raiseBehind(Path folder, Consumer<ManualDesk> then) {
    try (DataDirectory data = DataDirectory.open(folder)) {
      try (ManualDesk before =
          new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        before.done(alice, Ask.raise("1", "disk", "full", null));
      }
      try (ManualDesk after = new ManualDesk(SqliteJournal.open(data), TicketDesk.Limits.DEFAULT)) {
        after
            .journal()
            .hasUndelivered(new Comment(99, Instant.EPOCH, bob.agent(), "newer than the book"));
        after.desk().submit(bob, Ask.raise("2", "disk", "full", null));
        for (int i = 0; i < 10; i++) {
          after.settleWithoutWorkers();
          after.workOnce();
        }
        assertEquals(1, after.journal().readCount(), "it is not read without end");
        then.accept(after);
        after.settle();
        assertEquals(0, after.desk().unanswered());
      }
    }
  }

  @Test
  void aRaiseThatIsAheadOfWhatIsDeliveredIsDoneSoonAfterIt(@TempDir Path folder) {
    raiseBehind(
        folder,
        after -> {
          after.pass(Raises.PAUSE);
          assertEquals(2, after.journal().readCount());
          after.journal().hasUndelivered(null);
          after.pass(Raises.PAUSE);
          after.writeAll();
          assertEquals(2, raised(bob.event("2").event().event().ticket()));
        });
  }

  @Test
  void aRaiseIsRefusedWhenWhatItWaitsForIsNeverDelivered(@TempDir Path folder) {
    raiseBehind(
        folder,
        after -> {
          after.journal().fail("the disk is gone");
          after.pass(Raises.PAUSE);
          assertEquals(RejectionCode.READ_ONLY, bob.code("2"));
        });
  }

  @Test
  void aRaiseDoesNotWaitForADeliveryForEver(@TempDir Path folder) {
    raiseBehind(
        folder,
        after -> {
          for (int i = 0; i < Raises.ATTEMPTS; i++) {
            after.pass(Raises.PAUSE);
          }
          assertEquals(RejectionCode.BUSY, bob.code("2"));
          assertEquals(Raises.ATTEMPTS, after.journal().readCount());
        });
  }

  @Test
  void aRaiseThatWaitsForADeliveryEndsWithItsConnection(@TempDir Path folder) {
    raiseBehind(
        folder,
        after -> {
          after.leave(bob);
          after.pass(Raises.PAUSE);
          assertEquals(0, after.desk().unanswered());
        });
  }
}

package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.server.journal.Outcome;

/** Decide, append, apply, publish: in this order, one append in flight a ticket. */
class DeskOrderTest {
  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private void create(int tickets) {
    for (int i = 1; i <= tickets; i++) {
      hand.done(alice, Ask.create("create" + i, "Ticket " + i));
    }
    alice.forget();
  }

  @Test
  void nobodyHearsOfWhatIsNotDurable() {
    hand.ask(alice, Ask.create("1", "Printer"));
    hand.ask(bob, Ask.list("2"));
    hand.ask(bob, new ClientMessage.Ping("3"));
    hand.ask(bob, Ask.show("4", TicketRef.of(1)));
    assertEquals(List.of(), alice.answers());
    assertEquals(List.of(), hand.told());
    assertEquals(0, hand.desk().book().size());
    assertEquals(0, hand.desk().revision());
    assertEquals(0, ((ServerMessage.AllTickets) bob.to("2")).revision());
    assertEquals(0, ((ServerMessage.Pong) bob.to("3")).revision());
    assertEquals(RejectionCode.NOT_FOUND, bob.code("4"));
    hand.writeAll();
    assertEquals(1, alice.event("1").event().revision());
  }

  @Test
  void othersHearOfItWhenItIsDurableTheOneWhoAskedWhenTheJournalSaysSo() {
    hand.ask(alice, Ask.create("1", "Printer"));
    ManualJournal.Held held = hand.journal().only();
    hand.journal().write(held);
    hand.settle();
    assertEquals(List.of("TicketCreated"), hand.told());
    assertEquals(List.of(), alice.answers());
    hand.journal().conclude(held);
    hand.settle();
    SequencedEvent pushed = hand.last();
    assertEquals(pushed, alice.event("1").event());
  }

  @Test
  void theAnswerSpeaksOfTheVeryEventThatWasPushed() {
    hand.ask(alice, Ask.create("1", "Printer"));
    hand.writeAll();
    assertEquals(1, hand.happened().size());
    assertEquals("1", alice.event("1").requestId());
    assertEquals(1, hand.desk().revision());
    assertEquals("Printer", hand.happened().get(0).after().content().title());
    assertEquals(null, hand.happened().get(0).before());
  }

  @Test
  void oneAppendIsInFlightForATicketAndTheOthersWaitInOrder() {
    create(1);
    for (int i = 1; i <= 5; i++) {
      hand.ask(i % 2 == 0 ? bob : alice, Ask.comment("c" + i, 1, "Comment " + i));
    }
    for (int i = 1; i <= 5; i++) {
      assertEquals(hand.ticket(1).revision(), hand.journal().only().append().expectedRevision());
      hand.writeNext();
    }
    assertEquals(List.of("c1", "c3", "c5"), alice.answered());
    assertEquals(List.of("c2", "c4"), bob.answered());
    assertEquals(5, hand.ticket(1).commentCount());
    assertTrue(bob.event("c2").event().revision() < alice.event("c3").event().revision());
  }

  @Test
  void otherTicketsDoNotWaitAndMayEndInAnyOrder() {
    create(3);
    for (int ticket = 1; ticket <= 3; ticket++) {
      hand.ask(alice, Ask.lock("lock" + ticket, ticket));
      hand.ask(bob, Ask.lock("late" + ticket, ticket));
    }
    List<ManualJournal.Held> held = hand.journal().held();
    assertEquals(3, held.size());
    held.forEach(hand.journal()::write);
    hand.settle();
    assertEquals(List.of(), alice.answers());
    for (int i = 2; i >= 0; i--) {
      hand.journal().conclude(held.get(i));
      hand.settle();
    }
    assertEquals(List.of("lock3", "lock2", "lock1"), alice.answered());
    assertEquals(List.of("late3", "late2", "late1"), bob.answered());
    assertEquals(RejectionCode.LOCKED, bob.code("late2"));
    assertEquals("alice", bob.rejected("late2").details().lock().holder().value());
  }

  @Test
  void eachRequestIsDecidedOnWhatTheOneBeforeItLeft() {
    create(1);
    hand.ask(alice, Ask.lock("lock", 1));
    hand.ask(bob, Ask.title("no", 1, "Mine"));
    hand.ask(alice, Ask.unlock("unlock", 1, null));
    hand.ask(bob, Ask.title("yes", 1, "Mine"));
    hand.writeAll();
    assertEquals(RejectionCode.LOCKED, bob.code("no"));
    assertEquals("Mine", bob.event("yes").event().event().ticket().content().title());
    assertEquals(
        List.of("TicketCreated", "TicketLocked", "TicketUnlocked", "TicketUpdated"), hand.told());
  }

  @Test
  void aFullJournalRefusesOneRequestAndTheNextGoesOn() {
    create(1);
    hand.ask(alice, Ask.comment("first", 1, "A"));
    hand.ask(alice, Ask.comment("second", 1, "B"));
    hand.conclude(new Outcome.Busy());
    hand.writeAll();
    assertEquals(RejectionCode.BUSY, alice.code("first"));
    assertEquals(1, hand.ticket(1).commentCount());
    assertEquals(List.of("first", "second"), alice.answered());
  }

  @Test
  void aConflictIsDecidedAgainBeforeAllOthers() {
    create(1);
    hand.ask(alice, Ask.title("first", 1, "A"));
    hand.ask(alice, Ask.title("second", 1, "B"));
    hand.conclude(new Outcome.Conflict(hand.ticket(1).revision()));
    assertEquals(List.of(), alice.answers());
    hand.writeAll();
    assertEquals(List.of("first", "second"), alice.answered());
    assertEquals("B", hand.ticket(1).content().title());
  }

  @Test
  void aConflictThatDeniesWhatWasDeliveredEndsInReadOnly() {
    create(1);
    hand.ask(alice, Ask.title("first", 1, "A"));
    hand.conclude(new Outcome.Conflict(0));
    assertEquals(RejectionCode.READ_ONLY, alice.code("first"));
    assertTrue(hand.journal().failure().contains("contradicts itself"));
    assertEquals(List.of(), hand.journal().held(), "no retry could end otherwise");
  }

  @Test
  void conflictsWithoutEndEndInReadOnly() {
    create(1);
    hand.ask(alice, Ask.title("first", 1, "A"));
    Outcome conflict = new Outcome.Conflict(hand.ticket(1).revision());
    for (int i = 0; i < 100 && hand.journal().failure() == null; i++) {
      hand.journal().held().forEach(held -> hand.conclude(conflict));
      hand.pass(Duration.ofMillis(100));
    }
    assertEquals(RejectionCode.READ_ONLY, alice.code("first"));
    assertEquals(List.of(), hand.journal().held());
  }

  @Test
  void aConflictWithWhatIsNotDeliveredYetWaitsForIt() {
    create(2);
    hand.ask(alice, Ask.title("late", 1, "A"));
    ManualJournal.Held late = hand.journal().only();
    long coming = hand.journal().headNow() + 1;
    hand.journal().conclude(late, new Outcome.Conflict(coming));
    hand.settle();
    assertEquals(List.of(), hand.journal().held(), "it waits");
    hand.ask(bob, Ask.comment("behind", 1, "B"));
    assertEquals(List.of(), hand.journal().held(), "and so do those behind it");
    hand.ask(bob, Ask.comment("elsewhere", 2, "B"));
    hand.writeAll();
    assertEquals(List.of("elsewhere"), bob.answered());
    hand.journal().append(late.append());
    hand.writeAll();
    assertEquals(List.of("late"), alice.answered());
    assertEquals(List.of("elsewhere", "behind"), bob.answered());
  }

  @Test
  void anUnknownOutcomeIsUncertainAlsoWhenItHappened() {
    create(1);
    UUID operation = new UUID(1, 1);
    ClientMessage.Change said = Ask.as(operation, Ask.comment("said", 1, "A"));
    hand.ask(alice, said);
    hand.journal().write(hand.journal().only());
    hand.conclude(new Outcome.Unknown("no answer"));
    assertEquals(RejectionCode.UNCERTAIN, alice.code("said"));
    assertTrue(alice.rejected("said").message().contains("the same operation id"));
    assertEquals("TicketCommented", hand.last().event().type(), "it was delivered all the same");
    hand.ask(alice, Ask.again("again", said));
    hand.writeAll();
    assertTrue(alice.event("again").repeated());
    assertEquals(hand.last().revision(), alice.event("again").event().revision());
    assertEquals(1, hand.ticket(1).commentCount());
  }

  @Test
  void whoGaveNoOperationIdIsToldToLook() {
    create(1);
    hand.ask(alice, Ask.comment("said", 1, "A"));
    hand.conclude(new Outcome.Unknown("no answer"));
    assertEquals(RejectionCode.UNCERTAIN, alice.code("said"));
    String sentence = alice.rejected("said").message();
    assertTrue(sentence.endsWith("look at the ticket before you ask again."), sentence);
  }

  @Test
  void anUpdateThatChangesNothingIsAnsweredAndNotPublished() {
    create(1);
    int told = hand.told().size();
    hand.ask(alice, Ask.title("same", 1, "Ticket 1"));
    SequencedEvent nothing = alice.event("same").event();
    assertEquals(hand.ticket(1).revision(), nothing.revision());
    assertEquals("TicketUpdated", nothing.event().type());
    assertEquals(hand.ticket(1), nothing.event().ticket());
    assertEquals(told, hand.told().size());
    assertEquals(List.of(), hand.journal().held());
  }

  @Test
  void aJoinSeesAllThatIsDurableAndNothingElse() {
    create(2);
    hand.ask(alice, Ask.title("1", 1, "Pending"));
    hand.ask(bob, Ask.watch("w"));
    ServerMessage.AllTickets all = (ServerMessage.AllTickets) bob.to("w");
    assertEquals(2, all.revision());
    assertEquals(
        List.of("Ticket 1", "Ticket 2"),
        all.tickets().stream().map(t -> t.content().title()).toList());
    hand.writeAll();
    assertEquals(all.revision(), hand.last().previousRevision(), "no hole, no double");
  }

  @Test
  void pushedEventsTellHowLongTheLockLastsNow() {
    create(1);
    hand.done(alice, Ask.lock("lock", 1, Duration.ofMinutes(10)));
    hand.pass(Duration.ofMinutes(4));
    SequencedEvent said = hand.done(bob, Ask.comment("c", 1, "Any news?"));
    assertEquals(Duration.ofMinutes(6), said.event().ticket().lock().expiresIn());
    assertEquals(Duration.ofMinutes(6), hand.last().event().ticket().lock().expiresIn());
    Ticket after = hand.happened().get(hand.happened().size() - 1).after();
    assertEquals(Duration.ofMinutes(6), after.lock().expiresIn());
    assertEquals(
        Duration.ofMinutes(10), hand.ticket(1).lock().expiresIn(), "the book knows no moment");
  }

  @Test
  void theLockThatEndedHasNoTimeLeft() {
    create(1);
    hand.done(alice, Ask.lock("lock", 1));
    TicketUnlocked answer =
        (TicketUnlocked) hand.done(alice, Ask.unlock("unlock", 1, null)).event();
    assertEquals(Duration.ZERO, answer.ended().expiresIn());
    assertEquals(answer, hand.last().event());
    assertEquals(Duration.ofMinutes(15), answer.ended().ttl());
  }

  /** One session has asked for much, another for one thing. */
  @Test
  void aPipelineOfOneDelaysAnotherByNoMoreThanOneRequest() {
    hand.done(alice, Ask.create("create", "Printer"));
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 256; i++) {
      asked.add("a" + i);
      hand.desk().submit(alice, Ask.comment("a" + i, 1, "comment " + i));
    }
    hand.desk().submit(bob, Ask.comment("b", 1, "mine"));
    hand.settle();
    hand.writeAll();
    List<Long> revisions = new ArrayList<>();
    asked.forEach(id -> revisions.add(alice.event(id).event().revision()));
    long bobs = bob.event("b").event().revision();
    assertEquals(1, revisions.stream().filter(revision -> revision < bobs).count());
    assertEquals(revisions.stream().sorted().toList(), revisions, "in their order");
  }
}

package org.lesbillets.server.desk;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RandomMessages;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.rules.LockPolicy;
import org.lesbillets.server.desk.request.DeskDependencies;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.pubsub.EventChannel;
import org.lesbillets.server.work.FairLane;
import org.lesbillets.server.work.Workers;
import org.lesbillets.server.world.World;

/** The bound of the desk: felt when it is reached, and let go of with every answer. */
class DeskBoundTest {
  private static final TicketDesk.Limits FEW =
      new TicketDesk.Limits(3, 2_000, LockPolicy.AGENTS_BREAK);

  @Test
  void beyondTheBoundNothingIsTakenAndWithEachAnswerThereIsRoomAgain() {
    try (ManualDesk hand = new ManualDesk(new MemoryJournal(), FEW)) {
      Asker alice = hand.agent("alice");
      for (int i = 1; i <= 3; i++) {
        assertTrue(hand.desk().submit(alice, Ask.create("c" + i, "Ticket")));
      }
      assertFalse(hand.desk().submit(alice, Ask.create("c4", "Ticket")));
      assertFalse(hand.desk().submit(alice, new ClientMessage.Ping("p")));
      hand.settle();
      assertFalse(hand.desk().submit(alice, Ask.create("c5", "Ticket")), "not answered yet");
      hand.writeNext();
      assertTrue(hand.desk().submit(alice, Ask.create("c6", "Ticket")));
      assertFalse(hand.desk().submit(alice, Ask.create("c7", "Ticket")));
      hand.settle();
      hand.writeAll();
      assertEquals(List.of("c1", "c2", "c3", "c6"), alice.answered());
      assertEquals(0, hand.desk().unanswered());
    }
  }

  @TestFactory
  Stream<DynamicTest> everyEndOfAnAppendGivesItsPlaceBack() {
    List<Outcome> outcomes =
        List.of(
            new Outcome.Busy(),
            new Outcome.ReadOnly("full"),
            new Outcome.Unknown("no answer"),
            new Outcome.Conflict(1));
    List<ClientMessage.Change> changes =
        List.of(
            Ask.lock("1", 1),
            Ask.title("1", 1, "New"),
            Ask.comment("1", 1, "Hello"),
            Ask.create("1", "Two"));
    List<DynamicTest> tests = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      for (ClientMessage.Change change : changes) {
        for (UUID operation : new UUID[] {null, new UUID(5, 5)}) {
          ClientMessage.Change identified = change.identified("1", operation);
          tests.add(
              DynamicTest.dynamicTest(
                  outcome + " to " + identified, () -> endsWith(outcome, identified)));
        }
      }
    }
    return tests.stream();
  }

  private static void endsWith(Outcome outcome, ClientMessage.Change change) {
    try (ManualDesk hand = new ManualDesk()) {
      Asker alice = hand.agent("alice");
      hand.done(alice, Ask.create("0", "One"));
      hand.ask(alice, change);
      assertEquals(1, hand.desk().unanswered());
      hand.conclude(outcome);
      hand.writeAll();
      alice.to("1");
      assertEquals(0, hand.desk().unanswered());
    }
  }

  @Test
  void everyKindOfRequestIsAnsweredOnceWhateverItSays() {
    long seed = Long.getLong("seed", 4711L);
    RandomMessages random = new RandomMessages(seed);
    try (ManualDesk hand = new ManualDesk()) {
      for (Role role : Role.values()) {
        Asker asker = new Asker("somebody", role);
        for (int i = 0; i < 500; i++) {
          ClientMessage message = unwaiting(random.client());
          hand.ask(asker, message);
          hand.writeAll();
          assertEquals(i + 1, asker.answers().size(), () -> "-Dseed=" + seed + ": " + message);
          assertEquals(message.requestId(), asker.answers().get(i).requestId());
          assertEquals(0, hand.desk().unanswered(), () -> "-Dseed=" + seed + ": " + message);
        }
      }
    }
  }

  private static ClientMessage unwaiting(ClientMessage message) {
    return message instanceof ClientMessage.ClaimTicket claim ? claim.queued(null) : message;
  }

  @Test
  void aTicketThatIsNotThereIsRefusedInEveryWay() {
    try (ManualDesk hand = new ManualDesk()) {
      Asker alice = hand.agent("alice");
      hand.ask(alice, Ask.lock("1", 9));
      hand.ask(alice, Ask.as(new UUID(1, 1), Ask.comment("2", 9, "Hello")));
      hand.ask(alice, Ask.show("3", TicketRef.parse("abcd")));
      for (String id : List.of("1", "2", "3")) {
        assertEquals(RejectionCode.NOT_FOUND, alice.code(id));
        assertEquals("ticket", alice.rejected(id).details().field());
      }
      assertEquals(0, hand.desk().unanswered());
      assertEquals(List.of(), hand.journal().held());
    }
  }

  @Test
  void closingWaitsForWhatIsUnderWay() throws InterruptedException {
    ManualJournal journal = new ManualJournal(new MemoryJournal());
    TicketDesk desk = started(journal, TicketDesk.Limits.DEFAULT);
    Asker alice = new Asker("alice", Role.AGENT);
    assertTrue(desk.submit(alice, Ask.create("1", "One")));
    await().until(() -> desk.unanswered() == 1 && journal.held().size() == 1);
    Thread closing = new Thread(desk::close);
    closing.start();
    await().until(() -> !desk.submit(alice, new ClientMessage.Ping("late")));
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    ManualJournal.Held held = journal.only();
    journal.write(held);
    journal.conclude(held);
    closing.join();
    assertEquals(0, desk.unanswered());
    assertEquals(1, desk.revision());
    journal.close();
  }

  @Test
  void closingDoesNotWaitForEver() {
    ManualJournal journal = new ManualJournal(new MemoryJournal());
    TicketDesk desk = started(journal, new TicketDesk.Limits(10, 50, LockPolicy.AGENTS_BREAK));
    Asker alice = new Asker("alice", Role.AGENT);
    desk.submit(alice, Ask.create("1", "One"));
    desk.close();
    assertFalse(desk.submit(alice, new ClientMessage.Ping("late")));
    assertEquals(1, desk.unanswered(), "the journal never said what became of it");
    journal.close();
  }

  private static TicketDesk started(ManualJournal journal, TicketDesk.Limits limits) {
    FairLane lane = new FairLane(Runnable::run, 1, 100);
    TicketDesk desk =
        new TicketDesk(
            new DeskDependencies(
                journal, new EventChannel<>(), World.system(), new Workers(lane, lane, lane)),
            limits);
    desk.load();
    desk.start(
        (thread, cause) -> {
          throw new AssertionError(cause);
        });
    return desk;
  }
}

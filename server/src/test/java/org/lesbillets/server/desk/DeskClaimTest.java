package org.lesbillets.server.desk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.Priority;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.rules.Ask;
import org.lesbillets.model.rules.RuleSamples;
import org.lesbillets.server.desk.request.Announcement;
import org.lesbillets.server.journal.Outcome;

/** People and bots draw from one pool: each ticket goes to one of them, the urgent ones first. */
class DeskClaimTest {
  private static final UUID OPERATION = new UUID(7, 7);

  private final ManualDesk hand = new ManualDesk();
  private final Asker alice = hand.agent("alice");
  private final Asker bob = hand.agent("bob");

  @AfterEach
  void close() {
    hand.close();
    assertEquals(0, hand.desk().unanswered(), "requests that are still counted");
  }

  private void create(Priority... priorities) {
    for (Priority priority : priorities) {
      TicketContent draft = TicketContent.titled("Printer").with(TicketField.PRIORITY, priority);
      hand.ask(hand.agent("carol"), new ClientMessage.CreateTicket("c", null, draft));
    }
    hand.writeAll();
  }

  private static TicketPatch priority(Priority to) {
    return TicketPatch.NOTHING.withIfAny(TicketField.PRIORITY, to);
  }

  private static TicketLocked claimed(Asker who, String id) {
    TicketLocked event = (TicketLocked) who.event(id).event().event();
    assertTrue(event.claimed());
    assertEquals(who.agent(), event.ticket().content().assignee());
    assertEquals(who.agent(), event.ticket().lock().holder());
    return event;
  }

  @Test
  void theMostUrgentAndOfThoseTheOldestIsLockedAndAssignedInOneStep() {
    create(Priority.LOW, Priority.URGENT, Priority.NORMAL, Priority.URGENT);
    List<Long> order = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      hand.done(alice, Ask.claim("a" + i));
      order.add(claimed(alice, "a" + i).ticket().number());
    }
    assertEquals(List.of(2L, 4L, 3L, 1L), order);
    assertEquals(8, hand.told().size());
  }

  @Test
  void nothingIsLeftOfClosedLockedAndAssignedTickets() {
    create(Priority.URGENT, Priority.URGENT, Priority.URGENT);
    hand.done(bob, Ask.update("1", 1, Ask.CLOSE));
    hand.done(bob, Ask.lock("2", 2));
    hand.done(bob, Ask.update("3", 3, assigned()));
    hand.ask(alice, Ask.claim("a"));
    assertEquals(RejectionCode.NOT_FOUND, alice.code("a"));
    assertEquals(
        "No open ticket is unlocked, unassigned and awake: there is nothing to claim.",
        alice.rejected("a").message());
    hand.ask(alice, Ask.claim("b", "priority:low"));
    assertEquals(
        "No open, unlocked, unassigned ticket that is awake matches: there is nothing to claim.",
        alice.rejected("b").message());
    hand.done(bob, Ask.unlock("4", 2, null));
    hand.done(alice, Ask.claim("c"));
    assertEquals(2, claimed(alice, "c").ticket().number());
  }

  private static TicketPatch assigned() {
    return TicketPatch.of(TicketField.ASSIGNEE, RuleSamples.BOB);
  }

  @Test
  void aQueryNarrowsThePool() {
    create(Priority.URGENT, Priority.LOW, Priority.NORMAL);
    hand.done(alice, Ask.claim("a", "priority:low"));
    assertEquals(2, claimed(alice, "a").ticket().number());
    hand.ask(alice, Ask.claim("b", "priority:low"));
    assertEquals(RejectionCode.NOT_FOUND, alice.code("b"));
  }

  @Test
  void whoComesWhileTheBestIsBeingTakenGetsTheNextBest() {
    create(Priority.NORMAL, Priority.URGENT);
    hand.ask(alice, Ask.claim("a"));
    hand.ask(bob, Ask.claim("b"));
    hand.ask(hand.agent("carol"), Ask.claim("c"));
    hand.writeAll();
    assertEquals(2, claimed(alice, "a").ticket().number());
    assertEquals(1, claimed(bob, "b").ticket().number());
  }

  @Test
  void aChangeOfTheBestThatIsBeingWrittenIsLookedAtBeforeItIsClaimed() {
    create(Priority.URGENT, Priority.NORMAL);
    hand.ask(bob, Ask.update("down", 1, priority(Priority.LOW)));
    hand.ask(alice, Ask.claim("urgent", "priority:urgent"));
    hand.ask(alice, Ask.claim("any"));
    hand.writeAll();
    assertEquals(RejectionCode.NOT_FOUND, alice.code("urgent"));
    assertEquals(2, claimed(alice, "any").ticket().number());
  }

  @Test
  void aBetterOneThatComesWhileTheClaimStandsInLineIsTaken() {
    create(Priority.NORMAL);
    hand.ask(bob, Ask.comment("said", 1, "Hello"));
    hand.ask(alice, Ask.claim("a"));
    TicketContent draft = TicketContent.titled("Fire").with(TicketField.PRIORITY, Priority.URGENT);
    hand.ask(bob, new ClientMessage.CreateTicket("new", null, draft));
    ManualJournal.Held create = hand.journal().held().get(1);
    hand.journal().write(create);
    hand.journal().conclude(create);
    hand.settle();
    hand.writeAll();
    assertEquals(2, claimed(alice, "a").ticket().number());
  }

  /** The answer would be that nothing was claimed, and the ticket be locked all the same. */
  @Test
  void aRepeatIsNotRefusedWhileTheFirstAttemptIsBeingWritten() {
    create(Priority.NORMAL);
    hand.ask(alice, Ask.as(OPERATION, Ask.claim("first")));
    hand.leave(alice);
    Asker again = hand.agent("alice");
    hand.ask(again, Ask.as(OPERATION, Ask.claim("again")));
    assertEquals(List.of(), again.answers());
    hand.writeAll();
    assertEquals(1, claimed(again, "again").ticket().number());
    assertTrue(again.event("again").repeated());
  }

  /** The first attempt came over a connection of which the server does not know that it is over. */
  @Test
  void anEarlierAttemptDoesNothingOnceALaterOneIsRefused() {
    create(Priority.NORMAL);
    hand.ask(bob, Ask.claim("taken"));
    hand.ask(alice, Ask.as(OPERATION, Ask.claim("first")));
    Asker again = hand.agent("alice");
    hand.ask(again, Ask.as(OPERATION, Ask.claim("again")));
    assertEquals(RejectionCode.BUSY, alice.code("first"));
    hand.writeAll();
    assertEquals(RejectionCode.NOT_FOUND, again.code("again"));
    create(Priority.URGENT);
    assertEquals(List.of(), hand.journal().held());
    assertFalse(hand.ticket(2).isLocked());
  }

  @Test
  void whoeverWaitsForTheLockGoesBeforeAClaim() {
    create(Priority.NORMAL);
    long token = hand.done(bob, Ask.lock("1", 1)).revision();
    Asker carol = hand.agent("carol");
    hand.ask(carol, Ask.waitFor("w", 1));
    hand.ask(bob, Ask.unlock("2", 1, token));
    ManualJournal.Held unlock = hand.journal().only();
    hand.journal().write(unlock);
    hand.settle();
    hand.ask(alice, Ask.claim("a"));
    hand.journal().conclude(unlock);
    hand.settle();
    hand.writeAll();
    assertEquals("carol", hand.ticket(1).lock().holder().value());
    assertEquals(RejectionCode.NOT_FOUND, alice.code("a"));
  }

  @Test
  void theSameOperationGetsTheSameTicket() {
    create(Priority.NORMAL, Priority.NORMAL, Priority.NORMAL);
    hand.ask(alice, Ask.as(OPERATION, Ask.claim("1")));
    hand.ask(alice, Ask.as(OPERATION, Ask.claim("2")));
    hand.writeAll();
    hand.ask(alice, Ask.as(OPERATION, Ask.claim("3")));
    hand.writeAll();
    hand.done(bob, Ask.claim("b1"));
    hand.done(bob, Ask.claim("b2"));
    hand.ask(alice, Ask.as(OPERATION, Ask.claim("4")));
    for (String id : List.of("1", "2", "3", "4")) {
      assertEquals(1, claimed(alice, id).ticket().number(), id);
      assertEquals(!id.equals("1"), alice.event(id).repeated(), id);
    }
  }

  @Test
  void aClaimThatConflictsChoosesAgain() {
    create(Priority.URGENT, Priority.NORMAL);
    hand.ask(alice, Ask.claim("a"));
    ManualJournal.Held claim = hand.journal().only();
    hand.journal().appendElsewhere(ForeignAppends.lock(hand.ticket(1), "dave", hand.clock().now()));
    hand.journal().write(claim);
    hand.journal().conclude(claim);
    hand.settle();
    hand.writeAll();
    assertEquals(2, claimed(alice, "a").ticket().number());
  }

  @Test
  void ofManyWhoDrawEachTicketGoesToOneUrgentOnesFirst() throws Exception {
    SeededTest.run(
        random -> {
          Set<Long> before = new HashSet<>();
          hand.happened().forEach(h -> before.add(h.after().number()));
          Priority[] all = Priority.values();
          for (int i = 0; i < 200; i++) {
            create(all[random.nextInt(all.length)]);
          }
          int claims = hand.happened().size();
          draw(random);
          assertDrawn(hand.happened().subList(claims, hand.happened().size()));
        });
  }

  private void draw(Random random) {
    List<Asker> askers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      askers.add(hand.agent("agent" + i % 5));
    }
    for (int round = 0; round < 6; round++) {
      for (Asker asker : askers) {
        hand.ask(asker, Ask.claim("r" + round));
        List<ManualJournal.Held> held = hand.journal().held();
        if (random.nextInt(10) == 0 && held.size() == 1) {
          hand.conclude(new Outcome.Conflict(hand.ticketOf(held.get(0)).orElseThrow().revision()));
        } else if (random.nextInt(3) == 0 && !held.isEmpty()) {
          hand.writeNext();
        }
      }
    }
    hand.writeAll();
    long refused = askers.stream().flatMap(a -> a.answers().stream()).filter(this::isNo).count();
    assertEquals(100, refused, "of 300");
  }

  private boolean isNo(Object answer) {
    return answer instanceof ServerMessage.Rejected no && no.code() == RejectionCode.NOT_FOUND;
  }

  private static void assertDrawn(List<Announcement.Happened> claims) {
    Set<Long> seen = new HashSet<>();
    Ticket last = null;
    for (Announcement.Happened claim : claims) {
      SequencedEvent event = claim.event();
      Ticket ticket = event.event().ticket();
      assertTrue(((TicketLocked) event.event()).claimed());
      assertTrue(seen.add(ticket.number()), "twice: " + ticket.number());
      if (last != null) {
        assertTrue(comesBefore(last, ticket), last + " before " + ticket);
      }
      last = ticket;
    }
    assertEquals(200, seen.size());
  }

  private static boolean comesBefore(Ticket first, Ticket second) {
    int urgency = first.content().priority().compareTo(second.content().priority());
    return urgency > 0 || urgency == 0 && first.number() < second.number();
  }
}

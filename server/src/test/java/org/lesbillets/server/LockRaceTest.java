package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.event.WireEvent.TicketLocked;
import org.lesbillets.model.event.WireEvent.TicketUnlocked;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;

/** Locks between real clients of a real server: one holds, the others hear who, time ends it. */
class LockRaceTest {
  private static final int RACES = 1_000;

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.inMemory();
    try (WireClient carol = server.connect("carol")) {
      carol.send(new ClientMessage.CreateTicket("c", null, TicketContent.titled("Printer")));
      carol.answer("c");
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static ClientMessage lock(String id, Duration ttl) {
    LockTerms terms = new LockTerms(ttl, null, "cli");
    return new ClientMessage.LockTicket(TicketRef.of(1), terms).identified(id, null);
  }

  private static ClientMessage unlock(String id, Long token) {
    return new ClientMessage.UnlockTicket(id, null, TicketRef.of(1), token, null, null);
  }

  /** Locks whenever the other does. */
  private static ServerMessage.Answer race(WireClient client, String id, CyclicBarrier start) {
    try {
      start.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
    return client.send(lock(id, null)).answer(id);
  }

  @Test
  void oneOfTwoWinsEachTimeAndTheOtherHearsWhoHoldsIt() {
    CyclicBarrier start = new CyclicBarrier(2);
    long token = 0;
    try (WireClient alice = server.connect("alice");
        WireClient bob = server.connect("bob")) {
      List<WireClient> clients = List.of(alice, bob);
      for (int i = 0; i < RACES; i++) {
        String id = "race" + i;
        CompletableFuture<ServerMessage.Answer> hers =
            CompletableFuture.supplyAsync(() -> race(alice, id, start));
        List<ServerMessage.Answer> answers = List.of(race(bob, id, start), hers.join());
        int winner = answers.get(0) instanceof ServerMessage.EventMessage ? 1 : 0;
        TicketLock won = assertOneWinner(answers.get(1 - winner), answers.get(winner));
        assertEquals(winner == 0 ? "alice" : "bob", won.holder().value());
        assertTrue(won.token() > token, "tokens rise");
        token = won.token();
        clients.get(winner).send(unlock("free" + i, token)).answer("free" + i);
      }
    }
  }

  private static TicketLock assertOneWinner(ServerMessage.Answer won, ServerMessage.Answer lost) {
    TicketLocked event = (TicketLocked) ((ServerMessage.EventMessage) won).event().event();
    ServerMessage.Rejected refused = (ServerMessage.Rejected) lost;
    TicketLock lock = event.ticket().lock();
    assertEquals(RejectionCode.LOCKED, refused.code());
    assertEquals(lock.holder(), refused.details().lock().holder());
    assertEquals(lock.token(), refused.details().lock().token());
    assertTrue(refused.message().contains(lock.holder().value()), refused.message());
    return lock;
  }

  @Test
  void twoProcessesOfOneAgentExcludeEachOtherWhenTheyLockAndNotWhenTheyChange() {
    try (WireClient here = server.connect("alice");
        WireClient there = server.connect("alice")) {
      here.send(lock("1", null)).answer("1");
      ServerMessage.Rejected no = (ServerMessage.Rejected) there.send(lock("2", null)).answer("2");
      assertEquals(RejectionCode.LOCKED, no.code());
      assertTrue(no.message().contains("locked by you, in the cli,"), no.message());
      ServerMessage.Answer changed =
          there
              .send(
                  new ClientMessage.UpdateTicket(
                      "3",
                      null,
                      TicketRef.of(1),
                      TicketPatch.of(TicketField.TITLE, "New"),
                      null,
                      null,
                      false))
              .answer("3");
      assertTrue(changed instanceof ServerMessage.EventMessage, changed.toString());
    }
  }

  @Test
  void aLeaseOfASecondEndsOnTimeAndEverybodyIsTold() {
    try (WireClient alice = server.connect("alice");
        WireClient bob = server.connect("bob");
        WireClient carol = server.connect("reader-carol")) {
      for (WireClient watcher : List.of(bob, carol)) {
        watcher.send(Samples.watch("w", null)).answer("w");
      }
      long before = System.nanoTime();
      TicketLocked locked = locked(alice.send(lock("1", Duration.ofSeconds(1))).answer("1"));
      await()
          .pollInterval(Duration.ofMillis(5))
          .until(() -> bob.waiting() == 2 && carol.waiting() == 2);
      long millis = Duration.ofNanos(System.nanoTime() - before).toMillis();
      assertTrue(millis >= 1_000, "not before its time: " + millis + " ms");
      for (WireClient watcher : List.of(bob, carol)) {
        watcher.next();
        assertExpired(locked, watcher.next(ServerMessage.EventMessage.class));
      }
      long token = locked.ticket().lock().token();
      ServerMessage.Rejected late =
          (ServerMessage.Rejected) alice.send(unlock("2", token)).answer("2");
      assertEquals(RejectionCode.STALE_TOKEN, late.code());
      assertEquals("bob", locked(bob.send(lock("3", null)).answer("3")).by().value());
    }
  }

  /** How many wait for the lock of the ticket. */
  private static int waiting(WireClient client) {
    client.send(new ClientMessage.GetTicket("g", TicketRef.of(1), false));
    return ((ServerMessage.TicketDetails) client.answer("g")).ticket().lock().waiting();
  }

  @Test
  void aLockThatComesToAConnectionThatIsGoneIsReleasedAtOnce() throws IOException {
    HeldJournal journal = new HeldJournal();
    journal.release();
    try (TestServer held = new TestServer(journal.journal(), TestServer.config());
        WireClient alice = held.connect("alice");
        WireClient carol = held.connect("carol")) {
      WireClient bob = held.connect("bob");
      alice.send(new ClientMessage.CreateTicket("c", null, TicketContent.titled("Printer")));
      alice.answer("c");
      alice.send(lock("1", null)).answer("1");
      LockTicket wait =
          new LockTicket(
              "b", null, TicketRef.of(1), null, LockTerms.DEFAULT, LockWait.FOREVER, null);
      bob.send(wait);
      await().until(() -> waiting(carol) == 1);
      journal.hold();
      alice.send(unlock("2", null));
      await().until(() -> journal.waiting() == 1);
      journal.writeNext();
      alice.answer("2");
      await().until(() -> journal.waiting() == 1);
      bob.close();
      await().until(() -> held.server().sessions() == 2);
      carol.send(Samples.watch("w", null)).answer("w");
      journal.release();
      TicketLocked his = locked(carol.next(ServerMessage.EventMessage.class));
      assertEquals("bob", his.by().value());
      TicketUnlocked end =
          (TicketUnlocked) carol.next(ServerMessage.EventMessage.class).event().event();
      assertEquals(UnlockReason.RELEASED, end.reason());
      assertEquals("bob", end.by().value());
      assertEquals("whoever waited for it was gone when it came", end.note());
    }
  }

  private static TicketLocked locked(ServerMessage.Answer answer) {
    return (TicketLocked) ((ServerMessage.EventMessage) answer).event().event();
  }

  private static void assertExpired(TicketLocked locked, ServerMessage.EventMessage told) {
    TicketUnlocked unlocked = (TicketUnlocked) told.event().event();
    assertEquals(UnlockReason.EXPIRED, unlocked.reason());
    assertNull(unlocked.by());
    assertNull(unlocked.ticket().lock());
    assertEquals(locked.ticket().lock().token(), unlocked.ended().token());
    assertEquals(Duration.ZERO, unlocked.ended().expiresIn());
    Instant end = locked.at().plusSeconds(1);
    long late = Duration.between(end, unlocked.at()).toMillis();
    assertTrue(late >= -1 && late < 10_000, "ended " + late + " ms late");
  }

  @Test
  void aPushedChangeOfALockedTicketTellsTheTimeThatIsLeft() {
    try (WireClient alice = server.connect("alice");
        WireClient bob = server.connect("bob")) {
      alice.send(lock("1", Duration.ofMinutes(5))).answer("1");
      await()
          .untilAsserted(
              () -> {
                bob.send(new ClientMessage.CommentTicket("2", null, TicketRef.of(1), "Hello"));
                WireEvent said = ((ServerMessage.EventMessage) bob.answer("2")).event().event();
                Duration left = said.ticket().lock().expiresIn();
                assertTrue(left.compareTo(Duration.ofMinutes(5)) < 0, left.toString());
              });
    }
  }
}

package org.lesbillets.cli.client.lock;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.lock.LockLostReason.Kind;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

class LeaseKeeperTest {
  private static final long TOKEN = 90;
  private static final Instant AT = Instant.parse("2026-11-22T09:14:03Z");
  private static final AgentName BOB = new AgentName("bob");

  /** Long enough for a machine that is busy, and a third of it short enough to wait for. */
  private static final Duration TTL = Duration.ofSeconds(4);

  /** For a lease that is meant to end. */
  private static final Duration SHORT = Duration.ofMillis(1200);

  private final BlockingQueue<LockLostReason> lost = new LinkedBlockingQueue<>();
  private final List<LockTicket> renewals = new CopyOnWriteArrayList<>();

  private LeaseKeeper keeper;

  private void keep(ScriptedServer server, Duration ttl) {
    keeper =
        LeaseKeeper.start(
            server.settings(), new Lease(17, TOKEN, ttl, ttl), OnServerAway.GIVE_UP, lost::add);
  }

  @AfterEach
  void close() {
    keeper.close();
  }

  private static Ticket lockedBy(AgentName holder, long token) {
    TicketLock lock = new TicketLock(holder, token, AT, TTL, TTL, null, "edit", 0);
    return SampleMessages.ticket(17, 90).withLock(lock);
  }

  private static EventMessage push(WireEvent event) {
    return EventMessage.pushed(new SequencedEvent(99, 98, event));
  }

  /** Answers the watch, and as many renewals. */
  private void serve(ScriptedPeer peer, int times) throws IOException {
    peer.welcome(90);
    GetTickets watch = peer.read(GetTickets.class);
    assertEquals("number:17", watch.query().text());
    assertTrue(watch.watch());
    peer.send(SampleMessages.all(watch, 90, false, lockedBy(SampleMessages.ALICE, TOKEN)));
    for (int i = 0; i < times; i++) {
      renew(peer);
    }
  }

  private void renew(ScriptedPeer peer) throws IOException {
    LockTicket renewal = peer.read(LockTicket.class);
    renewals.add(renewal);
    WireEvent event =
        new WireEvent.TicketLocked(
            AT, SampleMessages.ALICE, lockedBy(SampleMessages.ALICE, TOKEN), true, false);
    SequencedEvent sequenced = new SequencedEvent(91, 90, event);
    peer.send(EventMessage.pushed(sequenced));
    peer.send(EventMessage.answer(sequenced, renewal.requestId()));
  }

  private LockLostReason loss() throws InterruptedException {
    LockLostReason loss = lost.poll(60, TimeUnit.SECONDS);
    assertTrue(loss != null, "nothing was lost");
    return loss;
  }

  @Test
  void renewsEveryThirdOfTheLease() throws Exception {
    long start = System.nanoTime();
    try (ScriptedServer server = ScriptedServer.start(peer -> serve(peer, 1_000))) {
      keep(server, TTL);
      await().until(() -> renewals.size() >= 3);
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertTrue(millis >= TTL.toMillis() - 50, "three renewals in " + millis + " ms");
      assertEquals(TOKEN, renewals.get(0).token());
      assertEquals(TTL, renewals.get(0).terms().ttl());
      assertEquals(0, lost.size());
      assertEquals(1, server.connections());
      keeper.close();
    }
    assertEquals(0, lost.size(), "closing is no loss");
  }

  @Test
  void aServerThatIsAwayForLessThanTheLeaseCostsNothing() throws Exception {
    ScriptedServer.Script gone =
        peer -> {
          serve(peer, 1);
          peer.cut();
        };
    ScriptedServer.Script shut = ScriptedPeer::cut;
    try (ScriptedServer server =
        ScriptedServer.start(gone, shut, shut, peer -> serve(peer, 1_000))) {
      keep(server, TTL);
      await().until(() -> renewals.size() >= 3);
      assertEquals(0, lost.size());
    }
  }

  @Test
  void aServerThatStaysAwayIsALoss() throws Exception {
    ScriptedServer.Script gone =
        peer -> {
          serve(peer, 0);
          peer.cut();
        };
    long start = System.nanoTime();
    try (ScriptedServer server = ScriptedServer.start(gone, ScriptedPeer::cut)) {
      keep(server, SHORT);
      LockLostReason loss = loss();
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertEquals(Kind.AWAY, loss.kind());
      assertTrue(loss.sentence().startsWith("the lock could not be renewed in time: "));
      assertTrue(millis >= 1_190, "not before the lease is over, but after " + millis + " ms");
    }
    assertEquals(0, lost.size(), "told once");
  }

  @Test
  void whoTookItAndWhyIsKnownAtOnce() throws Exception {
    WireEvent stolen =
        new WireEvent.TicketLocked(
            AT, BOB, lockedBy(BOB, 99), false, false, SampleMessages.ALICE, "holiday", false);
    assertEquals(
        new LockLostReason(Kind.TAKEN, BOB, "holiday", AT, "bob took the lock: \"holiday\""),
        lossAfter(stolen));
  }

  @Test
  void whoBrokeItAndWhyIsKnownAtOnce() throws Exception {
    Ticket free = SampleMessages.ticket(17, 99);
    TicketLock ended = lockedBy(SampleMessages.ALICE, TOKEN).lock();
    assertEquals(
        new LockLostReason(Kind.FORCED, BOB, "left", AT, "bob broke the lock: \"left\""),
        lossAfter(new WireEvent.TicketUnlocked(AT, BOB, free, UnlockReason.FORCED, "left", ended)));
    assertEquals(
        Kind.EXPIRED,
        lossAfter(new WireEvent.TicketUnlocked(AT, null, free, UnlockReason.EXPIRED, null, ended))
            .kind());
    assertEquals(
        "alice changed the ticket and released it",
        lossAfter(new WireEvent.TicketUpdated(AT, SampleMessages.ALICE, free, List.of(), true))
            .sentence());
  }

  private LockLostReason lossAfter(WireEvent event) throws InterruptedException {
    Ticket other = SampleMessages.ticket(18, 98);
    WireEvent elsewhere = new WireEvent.TicketUpdated(AT, BOB, other, List.of(), false);
    WireEvent harmless =
        new WireEvent.TicketUpdated(
            AT, BOB, lockedBy(SampleMessages.ALICE, TOKEN), List.of(), false);
    ScriptedServer.Script script =
        peer -> {
          serve(peer, 0);
          peer.sendJoined(push(elsewhere), push(harmless), push(event));
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      keep(server, Duration.ofHours(1));
      return loss();
    }
  }

  @Test
  void aLockFoundInOtherHandsIsLost() throws Exception {
    ScriptedServer.Script script =
        peer -> {
          peer.welcome(90);
          GetTickets watch = peer.read(GetTickets.class);
          peer.send(SampleMessages.all(watch, 95, false, lockedBy(BOB, 95)));
          refuse(peer);
          peer.reject(peer.read(GetTicket.class), RejectionCode.NOT_FOUND);
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      keep(server, Duration.ofHours(1));
      assertEquals("refused: STALE_TOKEN", loss().sentence(), "asked at once, for its sentence");
    }
  }

  private static void refuse(ScriptedPeer peer) throws IOException {
    peer.reject(peer.read(LockTicket.class), RejectionCode.STALE_TOKEN);
  }

  private static SequencedEvent at(long revision, WireEvent event) {
    return new SequencedEvent(revision, revision - 1, event);
  }

  /** Finds the lock gone, is refused, and reads this history, newest first. */
  private LockLostReason lossByHistory(SequencedEvent... history) throws InterruptedException {
    ScriptedServer.Script script =
        peer -> {
          peer.welcome(90);
          peer.send(
              SampleMessages.all(
                  peer.read(GetTickets.class), 95, false, SampleMessages.ticket(17, 95)));
          refuse(peer);
          GetTicket request = peer.read(GetTicket.class);
          assertEquals("17 true", request.ticket() + " " + request.history());
          peer.send(
              new TicketDetails(
                  request.requestId(),
                  SampleMessages.ticket(17, 99),
                  List.of(),
                  List.of(history),
                  history.length > 3));
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      keep(server, Duration.ofHours(1));
      return loss();
    }
  }

  private static final WireEvent COMMENTED =
      new WireEvent.TicketCommented(
          AT, BOB, SampleMessages.ticket(17, 93), new Comment(93, AT, BOB, "Free?"));

  @Test
  void whatARefusalLeavesOpenTheHistoryTells() throws Exception {
    Ticket free = SampleMessages.ticket(17, 92);
    TicketLock ended = lockedBy(SampleMessages.ALICE, TOKEN).lock();
    WireEvent locked =
        new WireEvent.TicketLocked(
            AT, SampleMessages.ALICE, lockedBy(SampleMessages.ALICE, TOKEN), false, false);
    WireEvent closed = new WireEvent.TicketUpdated(AT, SampleMessages.ALICE, free, List.of(), true);
    WireEvent forced =
        new WireEvent.TicketUnlocked(AT, BOB, free, UnlockReason.FORCED, "left", ended);
    WireEvent again = new WireEvent.TicketLocked(AT, BOB, lockedBy(BOB, 94), false, false);
    LockLostReason released =
        lossByHistory(at(94, again), at(93, COMMENTED), at(92, closed), at(TOKEN, locked));
    assertEquals(Kind.RELEASED, released.kind(), "by its holder, who may go on");
    assertEquals("alice changed the ticket and released it", released.sentence());
    LockLostReason broken = lossByHistory(at(94, again), at(92, forced), at(TOKEN, locked));
    assertEquals(
        new LockLostReason(Kind.FORCED, BOB, "left", AT, "bob broke the lock: \"left\""), broken);
  }

  @Test
  void aHistoryThatDoesNotReachBackTellsNothing() throws Exception {
    assertEquals(Kind.REFUSED, lossByHistory(at(93, COMMENTED), at(92, COMMENTED)).kind());
  }

  @Test
  void aRefusalIsTheServersSentence() throws Exception {
    ScriptedServer.Script script =
        peer -> {
          serve(peer, 0);
          refuse(peer);
          peer.cut();
        };
    try (ScriptedServer server = ScriptedServer.start(script)) {
      keep(server, TTL);
      assertEquals(LockLostReason.because(Kind.REFUSED, "refused: STALE_TOKEN"), loss());
    }
  }

  @Test
  void aBusyServerIsAskedAgain() throws Exception {
    ScriptedServer.Script busy =
        peer -> {
          serve(peer, 0);
          peer.reject(peer.read(LockTicket.class), RejectionCode.BUSY);
        };
    try (ScriptedServer server = ScriptedServer.start(busy, peer -> serve(peer, 1_000))) {
      keep(server, TTL);
      await().until(() -> renewals.size() >= 2);
      assertEquals(0, lost.size());
    }
  }

  /** Takes no changes, and shows what is left of the lease by its own clock. */
  private void refuseAll(ScriptedPeer peer, Duration left) throws IOException {
    peer.welcome(90);
    while (true) {
      ClientMessage request = peer.read();
      if (request instanceof GetTickets) {
        Ticket shown = lockedBy(SampleMessages.ALICE, TOKEN);
        peer.send(
            SampleMessages.all(
                request, 90, false, shown.withLock(shown.lock().withRemaining(left, 0))));
      } else {
        renewals.add((LockTicket) request);
        peer.reject(request, RejectionCode.READ_ONLY);
      }
    }
  }

  @Test
  void aServerThatTakesNoChangesKeepsTheLeaseAsLongAsItSaysSo() throws Exception {
    long start = System.nanoTime();
    try (ScriptedServer server = ScriptedServer.start(peer -> refuseAll(peer, TTL))) {
      keep(server, SHORT);
      await().until(() -> System.nanoTime() - start > 2 * SHORT.toNanos());
      assertEquals(0, lost.size());
      assertTrue(renewals.size() >= 3, "tried again, since it may take them by now");
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aServerThatTakesNoChangesAndSaysThatItIsOverEndsIt() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(peer -> refuseAll(peer, Duration.ZERO))) {
      keep(server, SHORT);
      LockLostReason loss = loss();
      assertEquals(Kind.AWAY, loss.kind());
      assertEquals("the lock could not be renewed in time: refused: READ_ONLY", loss.sentence());
    }
  }

  /** Else a command would run on without a lease. */
  @Test
  void aMistakeOfThisProgramIsToldAsALoss() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.refuse("503 Unavailable"))) {
      Lease lease = new Lease(17, TOKEN, SHORT, SHORT);
      keeper = LeaseKeeper.start(server.settings(), lease, null, lost::add);
      LockLostReason loss = loss();
      assertEquals(Kind.AWAY, loss.kind());
      assertTrue(loss.sentence().contains("a mistake in this program"), loss::sentence);
    }
  }
}

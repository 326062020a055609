package org.lesbillets.cli.client.lock;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** A lease that is given back, and who gave it back. */
final class LeaseReleaseTest {
  private static final long TOKEN = 9;
  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final AgentName BOB = new AgentName("bob");

  private final List<ClientMessage> heard = new CopyOnWriteArrayList<>();
  private final CompletableFuture<LockLostReason> lost = new CompletableFuture<>();

  /** What is left of the lease by the server's clock. */
  private Duration shown = LONG;

  private LeaseKeeper keep(ScriptedServer server, Duration ttl) {
    Lease lease = new Lease(17, TOKEN, ttl, ttl);
    return LeaseKeeper.start(server.settings(), lease, OnServerAway.GIVE_UP, lost::complete);
  }

  /** Reads one request and answers as a server that still knows the lock. */
  private ClientMessage serve(ScriptedPeer peer) throws IOException {
    ClientMessage request = peer.read();
    heard.add(request);
    if (request instanceof GetTickets) {
      Ticket locked = SampleMessages.locked(9, TOKEN, LONG);
      peer.send(
          SampleMessages.all(
              request, 9, false, locked.withLock(locked.lock().withRemaining(shown, 0))));
    } else if (request instanceof LockTicket renewal) {
      peer.grant(renewal, 10);
    } else {
      peer.answer(request, 11);
    }
    return request;
  }

  private void serveAll(ScriptedPeer peer) throws IOException {
    peer.welcome(9);
    while (true) {
      serve(peer);
    }
  }

  private LockLostReason lost() throws Exception {
    return lost.get();
  }

  @Test
  void givesTheLockBackOverTheConnectionItHas() {
    try (ScriptedServer server = ScriptedServer.start(this::serveAll);
        LeaseKeeper keeper = keep(server, LONG)) {
      await().until(() -> !heard.isEmpty());
      keeper.release(Duration.ofSeconds(10));
      UnlockTicket last = (UnlockTicket) heard.get(heard.size() - 1);
      assertEquals(TOKEN, last.token());
      assertEquals(1, server.connections());
      assertTrue(!lost.isDone());
    }
  }

  @Test
  void hearsItsOwnReleaseWithoutTakingItForALoss() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(9);
                  serve(peer);
                  ClientMessage request = peer.read(UnlockTicket.class);
                  peer.send(unlocked(UnlockReason.RELEASED, SampleMessages.ALICE, null));
                  peer.answer(request, 10);
                });
        LeaseKeeper keeper = keep(server, LONG)) {
      await().until(() -> !heard.isEmpty());
      keeper.release(Duration.ofSeconds(10));
      assertTrue(!lost.isDone());
    }
  }

  @Test
  void givesTheLockBackToAServerThatWasAway() {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> peer.refuse("503 Service Unavailable"),
                peer -> peer.refuse("503 Service Unavailable"),
                this::serveAll);
        LeaseKeeper keeper = keep(server, LONG)) {
      await().until(() -> server.connections() > 0);
      keeper.release(Duration.ofSeconds(10));
      keeper.release(Duration.ofMillis(100));
      assertTrue(!lost.isDone());
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsAwayToo() throws Exception {
    shown = Duration.ZERO;
    long start = System.nanoTime();
    try (ScriptedServer server = ScriptedServer.start(welcoming(9, peer -> serve(peer)));
        LeaseKeeper keeper = keep(server, SHORT)) {
      assertEquals(LockLostReason.Kind.AWAY, lost().kind());
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertTrue(millis >= SHORT.toMillis(), millis + " ms");
      assertTrue(keeper != null);
    }
  }

  private static EventMessage unlocked(UnlockReason reason, AgentName by, String note) {
    return SampleMessages.pushed(
        10,
        new WireEvent.TicketUnlocked(
            Instant.EPOCH,
            by,
            SampleMessages.ticket(17, 10),
            reason,
            note,
            SampleMessages.locked(9, TOKEN, LONG).lock()));
  }

  private LockLostReason afterHearing(EventMessage event) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(9);
                  serve(peer);
                  peer.send(event);
                });
        LeaseKeeper keeper = keep(server, LONG)) {
      assertTrue(keeper != null);
      return lost();
    }
  }

  @Test
  void aReleaseIsToldAsOne() throws Exception {
    LockLostReason why = afterHearing(unlocked(UnlockReason.RELEASED, SampleMessages.ALICE, null));
    assertEquals(LockLostReason.Kind.RELEASED, why.kind());
  }
}

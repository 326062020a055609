package org.lesbillets.cli.client.lock;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.retry.SharedConnection;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.UnlockReason;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.CancelWait;
import org.lesbillets.model.message.ClientMessage.ClaimTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.UnlockTicket;
import org.lesbillets.model.message.GiveBack;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Leases and waits that share a connection, and its one watch. */
@Timeout(60)
final class LeaseWatchTest {
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final AgentName BOB = new AgentName("bob");

  private final List<GetTickets> asked = new CopyOnWriteArrayList<>();
  private final List<ClaimTicket> claims = new CopyOnWriteArrayList<>();
  private final List<UnlockTicket> released = new CopyOnWriteArrayList<>();
  private final List<String> lost = new CopyOnWriteArrayList<>();
  private final ScriptedServer server = ScriptedServer.start(this::serve);
  private final SharedConnection connection = new SharedConnection(server.settings());
  private final List<LeaseKeeper> keepers = new ArrayList<>();

  /** Lists that the test answers; null where the server does. */
  private volatile BlockingQueue<GetTickets> held;

  /** Whether the server hears of the end of a wait, and does not answer the wait. */
  private volatile boolean stalled;

  @AfterEach
  void end() {
    keepers.forEach(LeaseKeeper::close);
    connection.close();
    server.close();
  }

  private static Ticket locked(long number) {
    TicketLock lock =
        new TicketLock(SampleMessages.ALICE, number, Instant.EPOCH, LONG, LONG, null, "work", 0);
    return SampleMessages.ticket(number, number).withLock(lock);
  }

  private void serve(ScriptedPeer peer) throws IOException {
    peer.welcome(9);
    while (true) {
      ClientMessage request = peer.read();
      if (request instanceof GetTickets list) {
        asked.add(list);
        if (held == null) {
          show(peer, list);
        } else {
          held.add(list);
        }
      } else if (request instanceof ClaimTicket claim) {
        claims.add(claim);
      } else if (request instanceof UnlockTicket unlock) {
        released.add(unlock);
      } else if (request instanceof CancelWait && stalled) {
        peer.send(SampleMessages.pong(request, 20));
      } else if (request instanceof CancelWait cancel) {
        claims.stream()
            .filter(claim -> claim.requestId().equals(cancel.waitRequestId()))
            .forEach(claim -> refuse(peer, claim));
      }
    }
  }

  private static void show(ScriptedPeer peer, GetTickets list) throws IOException {
    peer.send(SampleMessages.all(list, 20, false, locked(17), locked(18), locked(19)));
  }

  private static void refuse(ScriptedPeer peer, ClaimTicket claim) {
    try {
      peer.reject(claim, RejectionCode.TIMEOUT);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private LeaseKeeper keep(LeaseWatch watch, long number) {
    LeaseKeeper keeper =
        LeaseKeeper.start(
            watch,
            new Lease(number, number, LONG, LONG),
            OnServerAway.GIVE_UP,
            why -> lost.add(number + " " + why.sentence()));
    keepers.add(keeper);
    return keeper;
  }

  private static LockWaiter waiting(LeaseWatch watch) {
    LockWaiter waiter = waiter(watch);
    waiter.start(granted -> {});
    return waiter;
  }

  private static LockWaiter waiter(LeaseWatch watch) {
    ClaimTicket claim = new ClaimTicket(null, null, LockTerms.DEFAULT).queued(LockWait.FOREVER);
    LockWaitListener silent =
        new LockWaitListener() {
          @Override
          public void waiting() {}

          @Override
          public void lost() {}

          @Override
          public void back(ServerAddress server) {}
        };
    return new LockWaiter(watch, claim, silent);
  }

  private static EventMessage granted(ClaimTicket claim) {
    WireEvent event =
        new WireEvent.TicketLocked(Instant.EPOCH, SampleMessages.ALICE, locked(19), false, true);
    return EventMessage.answer(new SequencedEvent(19, 18, event), claim.requestId());
  }

  private List<String> asked() {
    return asked.stream().map(list -> list.query().text() + " " + list.watch()).toList();
  }

  @Test
  void severalLeasesHaveOneWatchOfAllThatTheAgentHoldsAndEachItsOwnLoss() throws IOException {
    LeaseWatch watch = LeaseWatch.of(connection, 3);
    LockWaiter waiter = waiting(watch);
    await().until(() -> claims.size() == 1);
    keep(watch, 17);
    await().until(() -> asked().size() == 1);
    keep(watch, 18);
    await().until(() -> asked().size() == 2);
    assertEquals(List.of("holder:me true", "number:18 null"), asked());
    Ticket free = SampleMessages.ticket(18, 21);
    TicketLock ended = locked(18).lock();
    server
        .peer(0)
        .send(
            SampleMessages.pushed(
                21,
                new WireEvent.TicketUnlocked(
                    Instant.EPOCH, BOB, free, UnlockReason.FORCED, "mine", ended)));
    await().until(() -> !lost.isEmpty());
    server.peer(0).cut();
    await().until(() -> claims.size() == 2);
    await().until(() -> asked().size() >= 3);
    assertEquals("holder:me true", asked().get(2));
    assertEquals(claims.get(0).operationId(), claims.get(1).operationId());
    assertEquals(List.of("18 bob broke the lock: \"mine\""), lost);
    assertEquals(2, server.connections());
    waiter.cancel();
  }

  /** A second watch would end the first, and what that has not told yet. */
  @Test
  void leasesThatBeginTogetherHaveOneWatchAndNoneLooksBeforeItStands() throws Exception {
    held = new LinkedBlockingQueue<>();
    LeaseWatch watch = LeaseWatch.of(connection, 3);
    for (long number = 17; number < 20; number++) {
      keep(watch, number);
    }
    await().during(Duration.ofMillis(300)).until(() -> asked().equals(List.of("holder:me true")));
    server.peer(0).reject(held.take(), RejectionCode.BUSY);
    GetTickets again = held.take();
    assertEquals(List.of("holder:me true", "holder:me true"), asked());
    held = null;
    show(server.peer(0), again);
    await().until(() -> asked().size() == 4);
    assertEquals(
        List.of("number: null", "number: null"),
        asked().stream().skip(2).map(text -> text.replaceAll("[0-9]+", "")).toList());
    assertEquals(1, server.connections());
  }

  /** The others have their own requests on the connection. */
  @Test
  void aWaitWhoseEndIsNotToldLeavesTheConnectionToTheOthersAndALateClaimBehind() throws Exception {
    stalled = true;
    try (SharedConnection brief = new SharedConnection(server.settings(Duration.ofSeconds(2)))) {
      LockWaiter waiter = waiter(LeaseWatch.of(brief, 2));
      Thread turn = waiter.start(granted -> {});
      await().until(() -> claims.size() == 1);
      waiter.cancel();
      turn.join();
      assertTrue(brief.use().open(Duration.ofSeconds(9), PushListener.NONE).isOpen());
      server.peer(0).send(granted(claims.get(0)));
      await().until(() -> released.size() == 1);
      assertEquals(GiveBack.UNTRIED, released.get(0).giveBack());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void oneLeaseAtATimeIsWatchedAloneAndAWaitNotAtAll() {
    LeaseWatch watch = LeaseWatch.of(connection, 1);
    keep(watch, 17);
    await().until(() -> asked().equals(List.of("number:17 true")));
    LockWaiter early = waiting(watch);
    await().until(() -> claims.size() == 1);
    early.cancel();
    keepers.get(0).close();
    keep(watch, 18).close();
    LockWaiter waiter = waiting(watch);
    await().until(() -> asked().get(asked.size() - 1).endsWith(" false"));
    waiter.cancel();
    assertEquals(1, server.connections());
    assertEquals(List.of(), lost);
  }
}

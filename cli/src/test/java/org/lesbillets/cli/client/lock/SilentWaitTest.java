package org.lesbillets.cli.client.lock;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.StallingProxy;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/**
 * Who waits for a lock, keeps one, or waits to reconnect while a proxy to the server forwards
 * nothing, or another connection works.
 */
final class SilentWaitTest {
  private static final KeepAlive QUICK =
      new KeepAlive(Duration.ofMillis(50), Duration.ofMillis(500));

  private final List<String> words = new CopyOnWriteArrayList<>();
  private final BlockingQueue<LockLostReason> lost = new LinkedBlockingQueue<>();
  private final List<LockTicket> heard = new CopyOnWriteArrayList<>();
  private ScriptedServer server;
  private StallingProxy proxy;

  private ClientSettings through(ScriptedServer.Script... scripts) {
    server = ScriptedServer.start(scripts);
    proxy = StallingProxy.to(server.address().uri().getPort());
    return new ClientSettings(List.of(proxy.address()), () -> "secret", Duration.ofSeconds(20));
  }

  @AfterEach
  void close() {
    if (server != null) {
      proxy.close();
      server.close();
    }
  }

  /** Writes down what one who waits in line is told. */
  private final class Words implements LockWaitListener {
    @Override
    public void waiting() {
      words.add("waiting");
    }

    @Override
    public void silent(ServerAddress server, boolean silent) {
      words.add(silent ? "silent" : "answers");
    }

    @Override
    public void lost() {
      words.add("lost");
    }

    @Override
    public void back(ServerAddress server) {
      words.add("back");
    }
  }

  private CompletableFuture<EventMessage> waiting(ClientSettings settings, Backoff backoff) {
    LockTerms terms = new LockTerms(Duration.ofMinutes(1), null, "cli");
    LockTicket wanted =
        new LockTicket(null, null, TicketRef.of(17), null, terms, LockWait.FOREVER, null);
    LockWaiter queued = new LockWaiter(settings, wanted, new Words(), backoff);
    return CompletableFuture.supplyAsync(queued::take);
  }

  private void hear(ScriptedPeer peer) throws IOException {
    peer.welcome(5);
    heard.add(peer.read(LockTicket.class));
  }

  @Test
  void whoWaitsInLineAsksAgainOverAnotherConnection() throws Exception {
    ClientSettings settings =
        through(
            this::hear,
            peer -> {
              hear(peer);
              peer.grant(heard.get(1), 9);
            });
    CompletableFuture<EventMessage> granted =
        waiting(settings.keepingAlive(QUICK), new Backoff(() -> 0L));
    await().until(() -> heard.size() == 1);
    proxy.stall();
    await().until(() -> words.contains("lost"));
    proxy.forward();
    assertEquals(9, Lease.of(granted.get()).token());
    assertEquals(heard.get(0).operationId(), heard.get(1).operationId());
  }

  @Test
  void whoWaitsInLineIsToldThatTheServerDoesNotAnswerAndThatItDoesAgain() throws Exception {
    ClientSettings settings =
        through(
            peer -> {
              hear(peer);
              peer.read(ClientMessage.Ping.class);
            });
    KeepAlive patient = new KeepAlive(Duration.ofMillis(50), Duration.ofSeconds(3));
    CompletableFuture<EventMessage> granted =
        waiting(settings.keepingAlive(patient), new Backoff(() -> 0L));
    await().until(() -> words.contains("waiting"));
    proxy.stall();
    await().until(() -> words.contains("silent"));
    proxy.forward();
    await().until(() -> words.contains("answers"));
    assertEquals(List.of("waiting", "silent", "answers"), words);
    server.peer(0).send(SampleMessages.granted(heard.get(0), 9, false));
    granted.get();
  }

  @Test
  void whoKeepsALeaseRenewsItOverAnotherConnection() throws Exception {
    ScriptedServer.Script keeping =
        peer -> {
          peer.welcome(9);
          GetTickets watch = peer.read(GetTickets.class);
          peer.send(
              SampleMessages.all(
                  watch, 9, false, SampleMessages.locked(9, 9, Duration.ofSeconds(6))));
          while (true) {
            LockTicket renewal = peer.read(LockTicket.class);
            heard.add(renewal);
            peer.grant(renewal, 10);
          }
        };
    ClientSettings settings = through(keeping).keepingAlive(QUICK);
    Duration ttl = Duration.ofSeconds(6);
    LeaseKeeper keeper =
        LeaseKeeper.start(settings, new Lease(17, 9, ttl, ttl), OnServerAway.GIVE_UP, lost::add);
    try {
      await().until(() -> server.connections() == 1 && server.peer(0).pings() > 2);
      proxy.stall();
      await().pollDelay(QUICK.silenceLimit().multipliedBy(2)).until(() -> true);
      proxy.forward();
      await().until(() -> server.connections() > 1 && heard.size() > 0);
      assertNull(lost.poll());
    } finally {
      keeper.close();
    }
  }

  private static void ask(ClientSettings settings) {
    try (TicketClient client = TicketClient.connect(settings, PushListener.NONE)) {
      client.ask(new ClientMessage.Ping("1"));
    }
  }

  @Test
  void aSuccessOverOneConnectionEndsTheWaitOfOneInLine() throws Exception {
    ClientSettings settings =
        through(
            peer -> {
              hear(peer);
              peer.cut();
            },
            welcoming(7, peer -> peer.send(SampleMessages.pong(peer.read(), 7))),
            peer -> {
              hear(peer);
              peer.grant(heard.get(1), 9);
            });
    CompletableFuture<EventMessage> granted = waiting(settings, SampleMessages.longBackoff());
    await().until(() -> words.contains("lost"));
    ask(settings);
    assertEquals(9, Lease.of(granted.get()).token());
  }

  /** Else two that are refused would drive each other on without a pause. */
  @Test
  void aRefusalEndsNobodysWait() throws Exception {
    AtomicInteger woken = new AtomicInteger();
    ClientSettings settings =
        through(
            peer -> {
              peer.welcome(7);
              peer.reject(RejectionCode.BUSY);
              peer.send(SampleMessages.pong(peer.read(), 7));
            });
    try (TicketClient client = TicketClient.connect(settings, PushListener.NONE)) {
      settings
          .signal()
          .await(
              () -> {
                client.ask(new ClientMessage.Ping("1"));
                client.ask(new ClientMessage.Ping("2"));
                await().until(() -> woken.get() > 0);
              },
              woken::incrementAndGet);
      assertEquals(1, woken.get());
    }
  }
}

package org.lesbillets.cli.client.watch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.StallingProxy;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage;

/**
 * A watch, with its real heartbeat in a quick rhythm, whose connection dies without a FIN: a proxy
 * between it and its server stops to forward.
 */
final class SilentConnectionTest {
  private static final KeepAlive QUICK =
      new KeepAlive(Duration.ofMillis(50), Duration.ofMillis(500));

  /** So patient that only somebody in a hurry finds out. */
  private static final KeepAlive SLOW = new KeepAlive(Duration.ofMillis(50), Duration.ofSeconds(9));

  /** The journal: every event up to this revision has happened. */
  private final AtomicLong head = new AtomicLong(7);

  private final RecordingListener listener = new RecordingListener();
  private final ScriptedServer server = ScriptedServer.start(this::serve);
  private final StallingProxy proxy = StallingProxy.to(server.address().uri().getPort());
  private Watcher watcher;
  private CompletableFuture<Void> run;

  private void serve(ScriptedPeer peer) throws IOException {
    peer.welcome(head.get());
    GetTickets request = peer.read(GetTickets.class);
    peer.send(SampleMessages.resumed(request));
    for (long next = request.since().revision() + 1; next <= head.get(); next++) {
      peer.send(SampleMessages.pushed(next, next - 1));
    }
  }

  private ClientSettings settings(KeepAlive rhythm) {
    ClientSettings direct = server.settings();
    return new ClientSettings(List.of(proxy.address()), direct.token(), direct.timeout())
        .keepingAlive(rhythm);
  }

  private void watch(KeepAlive rhythm, Watcher.Listener to) {
    watcher =
        new Watcher(
            settings(rhythm), new WatchProgress(null, WatchStart.now()), to, new Backoff(() -> 0L));
    run = CompletableFuture.runAsync(watcher::run);
  }

  /** The next event happens; who watches over this connection is told. */
  private void happen(int connection) throws IOException {
    long revision = head.incrementAndGet();
    server.peer(connection).send(SampleMessages.pushed(revision, revision - 1));
  }

  private void awaitLines(String... lines) {
    await().until(() -> listener.lines().size() >= lines.length);
    assertEquals(List.of(lines), listener.lines());
  }

  private void awaitState(String name) {
    await().until(() -> listener.stateNames().contains(name));
  }

  private String cause() {
    return listener.states().stream()
        .filter(ConnectionState.Reconnecting.class::isInstance)
        .map(state -> ((ConnectionState.Reconnecting) state).cause())
        .findFirst()
        .orElseThrow();
  }

  @AfterEach
  void end() throws Exception {
    watcher.stop();
    run.get();
    proxy.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionThatDiesWithoutAFinIsMadeAnew(boolean reset) throws Exception {
    watch(QUICK, listener);
    awaitState("Live");
    happen(0);
    awaitLines("event 8");
    for (int round = 0; round < 2; round++) {
      proxy.stall();
      happen(server.connections() - 1);
      int states = listener.states().size();
      await().until(() -> listener.stateNames().lastIndexOf("Reconnecting") >= states);
      if (reset) {
        proxy.reset();
      } else {
        proxy.forward();
      }
      await().until(() -> listener.stateNames().lastIndexOf("Live") > states);
    }
    awaitLines("event 8", "event 9", "event 10");
    happen(server.connections() - 1);
    awaitLines("event 8", "event 9", "event 10", "event 11");
    // The whole limit, or less where this process was held up itself: see Heartbeat.
    assertTrue(cause().matches("(?s).*the server was silent for [0-9]+ ms.*"), cause());
  }

  @Test
  void whoIsInAHurryNeedNotWaitForTheLimit() throws Exception {
    watch(SLOW, listener);
    awaitState("Live");
    proxy.stall();
    happen(0);
    long before = System.nanoTime();
    await()
        .until(
            () -> {
              watcher.hurry();
              return listener.stateNames().contains("Reconnecting");
            });
    proxy.forward();
    awaitLines("event 8");
    assertTrue(System.nanoTime() - before < TimeUnit.SECONDS.toNanos(8), cause());
  }

  @Test
  void whoIsInAHurryLosesNothingOnALivelyConnection() throws Exception {
    watch(SLOW, listener);
    awaitState("Live");
    for (int i = 0; i < 20; i++) {
      watcher.hurry();
    }
    int pings = server.peer(0).pings();
    await().until(() -> server.peer(0).pings() > pings + 60);
    happen(0);
    awaitLines("event 8");
    assertEquals(List.of("Connecting", "Live"), listener.stateNames());
  }

  /** The end is found while the listener is slow and the inbox is full: nothing of it is lost. */
  @Test
  void theEndIsNotLostBehindAFullInbox() throws Exception {
    CompletableFuture<Void> go = new CompletableFuture<>();
    RecordingListener busy =
        new RecordingListener() {
          @Override
          public void onEvent(ServerMessage.EventMessage event) {
            go.join();
            super.onEvent(event);
          }
        };
    watch(QUICK, busy);
    await().until(() -> busy.stateNames().contains("Live"));
    for (int i = 0; i < 1_100; i++) {
      happen(0);
    }
    proxy.reset();
    go.complete(null);
    await().until(() -> busy.lines().size() == 1_100);
    List<String> all = new ArrayList<>();
    for (int revision = 8; revision < 1_108; revision++) {
      all.add("event " + revision);
    }
    assertEquals(all, busy.lines());
    await().until(() -> busy.stateNames().lastIndexOf("Live") > 2);
  }

  /** One message that takes thrice the silence limit to arrive. */
  @Test
  void aLongMessageOnASlowLineIsNoSilence() throws Exception {
    watch(QUICK, listener);
    awaitState("Live");
    ScriptedPeer peer = server.peer(0);
    peer.ignorePings();
    head.incrementAndGet();
    peer.sendTrickling(SampleMessages.pushed(8, 7), QUICK.silenceLimit().multipliedBy(3));
    awaitLines("event 8");
    assertEquals(List.of("Connecting", "Live"), listener.stateNames());
  }

  /** A server that accepts and never answers the handshake, as one that is stopped. */
  @Test
  void anAttemptThatIsNotAnsweredIsGivenUpSoon() throws Exception {
    watch(QUICK, listener);
    awaitState("Live");
    proxy.stall();
    await().until(() -> listener.states().contains(new ConnectionState.Connecting(3)));
    head.incrementAndGet();
    proxy.forward();
    awaitLines("event 8");
  }
}

package org.lesbillets.cli.client.watch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** What others do with a watch while it runs: hurry it, ask beside it, hold it up. */
final class WatcherBesideTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final KeepAlive QUICK = new KeepAlive(Duration.ofMillis(20), TIMEOUT);

  private final RecordingListener listener = new RecordingListener();

  /** What busy listeners wait for. */
  private final CountDownLatch go = new CountDownLatch(1);

  private Watcher watcher;
  private CompletableFuture<Void> run;

  private void watch(ScriptedServer server, Watcher.Listener to, Backoff backoff) {
    watcher =
        new Watcher(
            server.settings(TIMEOUT).keepingAlive(QUICK),
            new WatchProgress(null, WatchStart.now()),
            to,
            backoff);
    run = CompletableFuture.runAsync(watcher::run);
  }

  private void watch(ScriptedServer server) {
    watch(server, listener, new Backoff(() -> 0L));
  }

  @AfterEach
  void stop() throws Exception {
    go.countDown();
    watcher.stop();
    run.get();
  }

  private static void resume(ScriptedPeer peer) throws IOException {
    peer.welcome(7);
    peer.send(SampleMessages.resumed(peer.read(GetTickets.class)));
  }

  private static void tell(ScriptedPeer peer) throws IOException {
    GetTicket request = peer.read(GetTicket.class);
    peer.send(
        new TicketDetails(
            request.requestId(), SampleMessages.ticket(17, 5), List.of(), null, request.history()));
  }

  private CompletableFuture<TicketDetails> details() {
    return watcher.details(TicketRef.of(17), true, new DetailsCursor(90L, null));
  }

  private static RuntimeException failure(CompletableFuture<TicketDetails> details) {
    CompletionException e = assertThrows(CompletionException.class, details::join);
    return assertInstanceOf(RuntimeException.class, e.getCause());
  }

  private static void says(Kind kind, String sentence, CompletableFuture<TicketDetails> details) {
    ConnectionException e = assertInstanceOf(ConnectionException.class, failure(details));
    assertEquals(kind, e.kind());
    assertTrue(e.getMessage().endsWith(sentence), e.getMessage());
  }

  @Test
  void anImpatientPersonNeedNotWaitForTheNextTry() {
    try (ScriptedServer server =
        ScriptedServer.start(peer -> peer.refuse("503 Busy"), WatcherBesideTest::resume)) {
      watch(server, listener, SampleMessages.longBackoff());
      await().until(() -> listener.stateNames().contains("Reconnecting"));
      watcher.hurry();
      await().until(() -> listener.stateNames().contains("Live"));
    }
  }

  @Test
  void readsATicketOverItsConnection() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              resume(peer);
              tell(peer);
              peer.reject(peer.read(GetTicket.class), RejectionCode.NOT_FOUND);
            })) {
      watch(server);
      await().until(() -> listener.stateNames().contains("Live"));
      TicketDetails details = details().join();
      assertEquals(17, details.ticket().number());
      assertTrue(details.more(), "history was asked for");
      RejectedException refused = assertInstanceOf(RejectedException.class, failure(details()));
      assertEquals(RejectionCode.NOT_FOUND, refused.code());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void whatCannotBeReadFailsInWords() {
    AtomicBoolean resumed = new AtomicBoolean();
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              if (resumed.get()) {
                peer.refuse("503 Busy");
                return;
              }
              resume(peer);
              resumed.set(true);
              peer.read(GetTicket.class);
              peer.send(SampleMessages.pong(peer.read(GetTicket.class), 7));
              peer.read(GetTicket.class);
              peer.cut();
            })) {
      watch(server, listener, SampleMessages.longBackoff());
      // On a busy machine the first attempt may take longer than its 2 s, and another 15 s later.
      await().until(() -> listener.stateNames().contains("Live"));
      says(Kind.TIMEOUT, " did not answer within 2 s: try again", details());
      assertEquals(
          Kind.PROTOCOL, assertInstanceOf(ConnectionException.class, failure(details())).kind());
      says(Kind.LOST, " was lost before it answered: try again", details());
      await().until(() -> listener.stateNames().contains("Reconnecting"));
      says(Kind.UNREACHABLE, "now: try again when there is one", details());
    }
  }

  /** Pongs are heard, too, though nobody is told of them. */
  @Test
  void tellsWhenTheServerWasLastHeard() {
    try (ScriptedServer server = ScriptedServer.start(WatcherBesideTest::resume)) {
      long before = System.nanoTime();
      watch(server);
      await().until(() -> server.connections() == 1 && server.peer(0).pings() > 2);
      long heard = watcher.lastReceivedNanos();
      assertTrue(heard - before > 0);
      await().until(() -> watcher.lastReceivedNanos() - heard > 0);
      server.peer(0).ignorePings();
      await().until(() -> System.nanoTime() - watcher.lastReceivedNanos() > 200_000_000L);
      assertEquals(1, server.connections());
    }
  }

  private void awaitGo() {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for twice the time that a silent server is borne with, as its pings count it. */
  private static void awaitTwiceItsPatience(ScriptedServer server) {
    long pings = 2 * TIMEOUT.toMillis() / QUICK.pingEvery().toMillis();
    await().until(() -> server.peer(0).pings() > pings);
  }

  /**
   * A listener that is busy for longer than any patience: the silence is this side's own, and
   * neither the connection nor an event is lost.
   */
  @Test
  void aListenerThatIsBusyIsNoSilenceOfTheServer() {
    RecordingListener busy =
        new RecordingListener() {
          @Override
          public void onEvent(EventMessage event) {
            super.onEvent(event);
            awaitGo();
          }
        };
    int count = 1_200;
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              resume(peer);
              for (long revision = 8; revision < 8 + count; revision++) {
                peer.push(revision, revision - 1);
              }
            })) {
      watch(server, busy, new Backoff(() -> 0L));
      await().until(() -> busy.lines().size() == 1);
      awaitTwiceItsPatience(server);
      go.countDown();
      await().until(() -> busy.lines().size() == count);
      assertEquals(List.of("Connecting", "Live"), busy.stateNames());
      assertEquals(1, server.connections());
    }
  }

  /** The same between the parts of a snapshot, whose last one waits in the queue meanwhile. */
  @Test
  void aListenerThatIsBusyIsNoAnswerThatIsOverdue() {
    RecordingListener busy =
        new RecordingListener() {
          @Override
          public void onPart(SnapshotPart part) {
            super.onPart(part);
            awaitGo();
          }
        };
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(7);
              GetTickets request = peer.read(GetTickets.class);
              peer.send(SampleMessages.part(request, 7, false));
              peer.send(SampleMessages.all(request, 7, false));
            })) {
      watch(server, busy, new Backoff(() -> 0L));
      await().until(() -> busy.lines().size() == 1);
      awaitTwiceItsPatience(server);
      go.countDown();
      await().until(() -> busy.stateNames().contains("Live"));
      assertEquals(List.of("begin of snapshot 7", "end of snapshot 7"), busy.lines());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aSuccessOverOneConnectionEndsTheWaitOfAWatch() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> peer.refuse("503 Busy"),
            ScriptedServer.welcoming(7, peer -> peer.send(SampleMessages.pong(peer.read(), 7))),
            WatcherBesideTest::resume)) {
      ClientSettings settings = server.settings();
      Backoff backoff = SampleMessages.longBackoff();
      WatchProgress progress = new WatchProgress(null, WatchStart.now());
      watcher = new Watcher(settings, progress, listener, backoff);
      run = CompletableFuture.runAsync(watcher::run);
      await().until(() -> listener.stateNames().contains("Reconnecting"));
      try (TicketClient client = TicketClient.connect(settings, PushListener.NONE)) {
        client.ask(new ClientMessage.Ping("1"));
      }
      await().until(() -> listener.stateNames().contains("Live"));
    }
  }
}

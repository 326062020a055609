package org.lesbillets.cli.client.watch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TimeMark;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.Match;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.query.QuerySyntaxException;
import org.lesbillets.model.query.TicketQuery;

/** A watch against a server that behaves as badly as it can. Backoffs are of no length. */
final class WatcherTest {

  /** A watch in a thread of its own. */
  private static final class Running implements AutoCloseable {
    private final Watcher watcher;
    private final CompletableFuture<Void> run;

    Running(ScriptedServer server, TicketQuery query, WatchStart start, RecordingListener to) {
      watcher =
          new Watcher(
              server.settings(), new WatchProgress(query, start), to, new Backoff(() -> 0L));
      run = CompletableFuture.runAsync(watcher::run);
    }

    @Override
    public void close() {
      watcher.stop();
      await().until(run::isDone);
      run.join();
    }
  }

  private final RecordingListener listener = new RecordingListener();

  /** Plays scripts to a watch until {@code lines} were heard. */
  private void hear(List<String> lines, WatchStart start, ScriptedServer.Script... scripts)
      throws Exception {
    hear(lines, null, start, scripts);
  }

  private void hear(
      List<String> lines, TicketQuery query, WatchStart start, ScriptedServer.Script... scripts)
      throws Exception {
    try (ScriptedServer server = ScriptedServer.start(scripts);
        Running running = new Running(server, query, start, listener)) {
      await().until(() -> listener.lines().size() >= lines.size() || running.run.isDone());
    }
    assertEquals(lines, listener.lines());
    assertInstanceOf(
        ConnectionState.Closed.class, listener.states().get(listener.states().size() - 1));
  }

  private void awaitLine(String line) {
    await().until(() -> listener.lines().contains(line));
  }

  @Test
  void fromNowTransfersNoTickets() throws Exception {
    hear(
        List.of("event 8", "event 12"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          peer.resume(7);
          peer.pushAfter(7, 8, 12);
        });
    assertEquals(List.of("Connecting", "Live", "Closed"), listener.stateNames());
  }

  @Test
  void fromASnapshot() throws Exception {
    hear(
        List.of("snapshot 7", "event 8"),
        WatchStart.snapshot(),
        welcoming(
            7,
            peer ->
                peer.sendJoined(
                    SampleMessages.all(peer.watch(null), 7, false, SampleMessages.ticket(1, 3)),
                    SampleMessages.pushed(8, 7))));
  }

  @Test
  void afterARevisionThatMayLieBetweenTwoEvents() throws Exception {
    hear(
        List.of("event 8", "event 9"),
        WatchStart.after(5),
        peer -> {
          peer.welcome(9);
          peer.resume(5);
          peer.pushAfter(4, 8, 9);
        });
  }

  @Test
  void afterAPlaceInAJournalThatIsGone() throws Exception {
    hear(
        List.of("reset 3", "event 4"),
        WatchStart.after(new ResumePoint("old", 99)),
        peer -> {
          peer.welcome(3);
          GetTickets request = peer.read(GetTickets.class);
          assertEquals(new ResumePoint("old", 99), request.since());
          peer.send(SampleMessages.all(request, 3, true));
          peer.push(4, 3);
        });
  }

  @Test
  void dropsWhatComesTwice() throws Exception {
    hear(
        List.of("event 8", "event 9", "event 10"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          peer.resume(7);
          for (long revision : new long[] {6, 7, 8, 8, 9, 7, 8, 9, 10}) {
            peer.push(revision, revision - 1);
          }
        });
  }

  @Test
  void asksAgainWhereSomethingIsMissing() throws Exception {
    hear(
        List.of("event 8", "event 9", "event 10", "event 11"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          peer.resume(7);
          peer.push(8, 7);
          peer.sendJoined(SampleMessages.pushed(10, 9), SampleMessages.pushed(11, 10));
          peer.resume(8);
          peer.push(9, 8);
          peer.sendJoined(SampleMessages.pushed(10, 9), SampleMessages.pushed(11, 10));
        });
    assertEquals(List.of("Connecting", "Live", "Closed"), listener.stateNames());
  }

  @Test
  void aGapThatStaysNeedsASnapshot() throws Exception {
    hear(
        List.of("event 8", "reset 10", "event 11"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          peer.resume(7);
          peer.sendJoined(SampleMessages.pushed(8, 7), SampleMessages.pushed(10, 9));
          peer.resume(8);
          peer.push(10, 9);
          peer.send(SampleMessages.all(peer.watch(null), 10, false));
          peer.push(11, 10);
        });
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1012})
  void resumesAfterALoss(int code) throws Exception {
    hear(
        List.of("event 8", "event 9"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          peer.resume(7);
          peer.push(8, 7);
          awaitLine("event 8");
          end(peer, code);
        },
        peer -> {
          peer.welcome(9);
          peer.resume(8);
          peer.push(9, 8);
        });
    assertEquals(
        List.of("Connecting", "Live", "Reconnecting", "Connecting", "Live", "Closed"),
        listener.stateNames());
    ConnectionState.Reconnecting state = (ConnectionState.Reconnecting) listener.states().get(2);
    assertTrue(state.cause().contains(code == 0 ? "cut" : "shutting down"), state.cause());
  }

  private static void end(ScriptedPeer peer, int code) throws IOException {
    if (code == 0) {
      peer.cut();
    } else {
      peer.close(code, "");
    }
  }

  @Test
  void aServerThatCannotResumeSendsEverything() throws Exception {
    hear(
        List.of("snapshot 7", "event 8", "reset 50", "event 51"),
        WatchStart.snapshot(),
        peer -> {
          peer.welcome(7);
          peer.send(SampleMessages.all(peer.watch(null), 7, false));
          peer.push(8, 7);
          awaitLine("event 8");
          peer.cut();
        },
        peer -> {
          peer.welcome(50);
          peer.send(SampleMessages.all(peer.watch(8L), 50, true));
          peer.push(51, 50);
        });
  }

  /** "Now" is the first Welcome, even if the watch did not become live then. */
  @Test
  void keepsTheBeginningOverFailedAttempts() throws Exception {
    hear(
        List.of("event 8"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          peer.watch(7L);
          peer.cut();
        },
        peer -> peer.refuse("503 Service Unavailable"),
        peer -> {
          peer.welcome(8);
          peer.resume(7);
          peer.push(8, 7);
        });
    assertEquals(
        List.of(
            "Connecting",
            "Reconnecting",
            "Connecting",
            "Reconnecting",
            "Connecting",
            "Live",
            "Closed"),
        listener.stateNames());
    assertEquals(new ConnectionState.Connecting(3), listener.states().get(4));
  }

  @Test
  void aFilteredWatchHasHolesAndIsToldItsPosition() throws Exception {
    hear(
        List.of("event 8", "event 20", "event 31"),
        query("status:open"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          GetTickets request = peer.watch(7L);
          assertEquals("status:open", request.query().text());
          peer.send(SampleMessages.resumed(request));
          peer.push(8, 7);
          peer.push(20, 19);
          peer.send(new ServerMessage.Position(30));
          peer.send(new ServerMessage.Position(29));
          peer.push(25, 24);
          awaitLine("event 20");
          peer.close(1012, "");
        },
        peer -> {
          peer.welcome(31);
          peer.resume(30);
          peer.push(31, 30);
        });
  }

  /** It resumes behind what time did last, so that the server does not say it again. */
  @Test
  void aWatchThatMentionsTimeResumesBehindWhatTimeDid() throws Exception {
    Instant at = Instant.parse("2026-11-22T11:00:00Z");
    Ticket old = SampleMessages.ticket(17, 5);
    hear(
        List.of("match 17 ENTERED", "event 9"),
        query("age:>2h"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          GetTickets request = peer.watch(7L);
          peer.send(SampleMessages.resumed(request));
          peer.send(new ServerMessage.Position(7, at.minusSeconds(60)));
          peer.send(new ServerMessage.TicketMatch(at, old, Match.ENTERED, 8));
          awaitLine("match 17 ENTERED");
          peer.close(1012, "");
        },
        peer -> {
          peer.welcome(9);
          GetTickets again = peer.read(GetTickets.class);
          assertEquals(
              new ResumePoint(SampleMessages.JOURNAL, 8, new TimeMark(at, 17)), again.since());
          peer.send(SampleMessages.resumed(again));
          peer.push(9, 8);
        });
  }

  private static TicketQuery query(String text) throws QuerySyntaxException {
    return TicketQuery.parse(text);
  }

  @Test
  void pushesBeforeTheAnswerBelongToNoWatch() throws Exception {
    hear(
        List.of("event 9"),
        WatchStart.now(),
        peer -> {
          peer.welcome(8);
          peer.push(4, 3);
          GetTickets request = peer.watch(8L);
          peer.sendJoined(
              SampleMessages.pushed(12, 11),
              new ServerMessage.Draining(Duration.ofSeconds(1), false),
              SampleMessages.resumed(request),
              SampleMessages.pushed(9, 8));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"401 Unauthorized", "403 Forbidden", "404 Not Found"})
  void whatDoesNotHealEndsIt(String status) {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.refuse(status))) {
      Watcher watcher = new Watcher(server.settings(), null, WatchStart.now(), listener);
      ConnectionException e = assertThrows(ConnectionException.class, watcher::run);
      assertEquals(
          status.startsWith("401")
              ? Kind.UNAUTHORIZED
              : status.startsWith("403") ? Kind.FORBIDDEN : Kind.PROTOCOL,
          e.kind());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void whatIsNoMessageEndsIt() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(8);
              peer.resume(8);
              peer.send("no JSON");
            })) {
      Watcher watcher = new Watcher(server.settings(), null, WatchStart.now(), listener);
      ConnectionException e = assertThrows(ConnectionException.class, watcher::run);
      assertEquals(Kind.PROTOCOL, e.kind());
    }
  }

  @ParameterizedTest
  @EnumSource(RejectionCode.class)
  void aRefusalEndsItUnlessItHeals(RejectionCode code) throws Exception {
    boolean heals = List.of("BUSY", "UNCERTAIN", "READ_ONLY", "TIMEOUT").contains(code.name());
    ScriptedServer.Script refusing =
        peer -> {
          peer.welcome(7);
          peer.reject(peer.watch(7L), code);
        };
    if (heals) {
      hear(List.of("event 8"), WatchStart.now(), refusing, resuming());
      assertEquals("refused: " + code, reconnecting().cause());
    } else {
      try (ScriptedServer server = ScriptedServer.start(refusing)) {
        Watcher watcher = new Watcher(server.settings(), null, WatchStart.now(), listener);
        assertEquals(code, assertThrows(RejectedException.class, watcher::run).code());
      }
    }
  }

  private static ScriptedServer.Script resuming() {
    return peer -> {
      peer.welcome(7);
      peer.resume(7);
      peer.push(8, 7);
    };
  }

  private ConnectionState.Reconnecting reconnecting() {
    return (ConnectionState.Reconnecting)
        listener.states().stream()
            .filter(ConnectionState.Reconnecting.class::isInstance)
            .findFirst()
            .orElseThrow();
  }

  @Test
  void whatAListenerThrowsComesOut() {
    IllegalStateException broken = new IllegalStateException("broken pipe");
    RecordingListener throwing =
        new RecordingListener() {
          @Override
          public void onEvent(ServerMessage.EventMessage event) {
            throw broken;
          }
        };
    try (ScriptedServer server = ScriptedServer.start(resuming())) {
      Watcher watcher = new Watcher(server.settings(), null, WatchStart.now(), throwing);
      assertSame(broken, assertThrows(IllegalStateException.class, watcher::run));
    }
  }

  /** Ten times what waits for a listener at most; it is slow, and still hears each once. */
  @Test
  void aSlowListenerHearsEverything() throws Exception {
    int count = 10_000;
    AtomicReference<String> wrong = new AtomicReference<>();
    CompletableFuture<Void> all = new CompletableFuture<>();
    RecordingListener slow =
        new RecordingListener() {
          private long last;

          @Override
          public void onEvent(ServerMessage.EventMessage event) {
            long revision = event.event().revision();
            if (revision != last + 1) {
              wrong.compareAndSet(null, revision + " after " + last);
            }
            last = revision;
            if (last % 1_000 == 0) {
              Thread.yield();
            }
            if (last == count) {
              all.complete(null);
            }
          }
        };
    try (ScriptedServer server =
            ScriptedServer.start(
                peer -> {
                  peer.welcome(0);
                  peer.resume(0);
                  peer.sendJoined(
                      LongStream.rangeClosed(1, count)
                          .mapToObj(r -> SampleMessages.pushed(r, r - 1))
                          .toArray(ServerMessage[]::new));
                });
        Running running = new Running(server, null, WatchStart.now(), slow)) {
      CompletableFuture.anyOf(all, running.run).get();
      assertNull(wrong.get());
    }
  }

  @Test
  void stopsWhileItWaitsForTheNextTry() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.refuse("503 Busy"))) {
      Watcher watcher =
          new Watcher(
              server.settings(),
              new WatchProgress(null, WatchStart.now()),
              listener,
              new Backoff(() -> 249L << 33));
      CompletableFuture<Void> run = CompletableFuture.runAsync(watcher::run);
      await().until(() -> listener.stateNames().contains("Reconnecting"));
      watcher.stop();
      run.get();
    }
  }

  @Test
  void stopsWhileNoAnswerComes() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(welcoming(7, peer -> peer.watch(7L)));
        Running running = new Running(server, null, WatchStart.now(), listener)) {
      await().until(() -> server.connections() == 1);
      running.watcher.stop();
      running.run.get();
      assertEquals(List.of("Connecting", "Closed"), listener.stateNames());
    }
  }

  @Test
  void stoppedBeforeItRunsItDoesNotConnect() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(7))) {
      Watcher watcher = new Watcher(server.settings(), null, WatchStart.now(), listener);
      watcher.stop();
      watcher.run();
      assertEquals(0, server.connections());
      assertEquals(List.of("Closed"), listener.stateNames());
    }
  }

  @Test
  void anInterruptEndsIt() throws Exception {
    AtomicReference<Thread> runner = new AtomicReference<>();
    try (ScriptedServer server = ScriptedServer.start(resuming())) {
      Watcher watcher = new Watcher(server.settings(), null, WatchStart.now(), listener);
      CompletableFuture<Boolean> run =
          CompletableFuture.supplyAsync(
              () -> {
                runner.set(Thread.currentThread());
                watcher.run();
                return Thread.interrupted();
              });
      awaitLine("event 8");
      runner.get().interrupt();
      assertTrue(run.get());
    }
  }

  /** A server that accepts, and pongs, but never answers, is left for another try. */
  @Test
  void anAnswerThatNeverComesIsNotAwaitedForEver() throws Exception {
    try (ScriptedServer server =
        ScriptedServer.start(welcoming(7, peer -> peer.watch(7L)), resuming())) {
      Watcher watcher =
          new Watcher(
              server.settings(Duration.ofSeconds(2)),
              new WatchProgress(null, WatchStart.now()),
              listener,
              new Backoff(() -> 0L));
      CompletableFuture<Void> run = CompletableFuture.runAsync(watcher::run);
      awaitLine("event 8");
      assertTrue(reconnecting().cause().contains("did not answer"), reconnecting().cause());
      watcher.stop();
      run.get();
    }
  }
}

package org.lesbillets.cli.client.watch;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ServerMessage.Welcome;

/** A watch tells snapshots in the parts they come in, whatever happens between two of them. */
final class SnapshotPartsTest {
  private static final Ticket ONE = SampleMessages.ticket(1, 3);
  private static final Ticket TWO = SampleMessages.ticket(2, 4);
  private static final Ticket THREE = SampleMessages.ticket(3, 5);

  private final List<SnapshotPart> parts = new CopyOnWriteArrayList<>();
  private final RecordingListener listener =
      new RecordingListener() {
        @Override
        public void onPart(SnapshotPart part) {
          parts.add(part);
          super.onPart(part);
        }
      };

  private void hear(List<String> lines, WatchStart start, ScriptedServer.Script... scripts) {
    try (ScriptedServer server = ScriptedServer.start(scripts)) {
      Watcher watcher =
          new Watcher(
              server.settings(), new WatchProgress(null, start), listener, new Backoff(() -> 0L));
      CompletableFuture<Void> run = CompletableFuture.runAsync(watcher::run);
      await().until(() -> listener.lines().size() >= lines.size() || run.isDone());
      watcher.stop();
      run.join();
    }
    assertEquals(lines, listener.lines());
  }

  private void awaitLine(String line) {
    await().until(() -> listener.lines().contains(line));
  }

  @Test
  void aPartIsToldBeforeTheNextOneComes() {
    hear(
        List.of("begin of snapshot 7", "part of snapshot 7", "end of snapshot 7", "event 8"),
        WatchStart.snapshot(),
        peer -> {
          peer.welcome(7);
          GetTickets request = peer.watch(null);
          peer.send(SampleMessages.part(request, 7, false, ONE));
          awaitLine("begin of snapshot 7");
          assertEquals(List.of("Connecting"), listener.stateNames(), "not live before the end");
          peer.send(SampleMessages.part(request, 7, false, TWO));
          peer.sendJoined(
              SampleMessages.all(request, 7, false, THREE), SampleMessages.pushed(8, 7));
        });
    ResumePoint at = new ResumePoint(SampleMessages.JOURNAL, 7);
    assertEquals(new SnapshotPart(List.of(ONE), at, 3, false, true, false), parts.get(0));
    assertEquals(new SnapshotPart(List.of(TWO), at, 3, false, false, false), parts.get(1));
    assertEquals(List.of(THREE), parts.get(2).tickets());
    assertEquals(List.of("Connecting", "Live", "Closed"), listener.stateNames());
  }

  @Test
  void deathBetweenTwoPartsBeginsAnother() {
    hear(
        List.of("begin of snapshot 7", "begin of snapshot 9", "end of snapshot 9", "event 10"),
        WatchStart.snapshot(),
        peer -> {
          peer.welcome(7);
          peer.send(SampleMessages.part(peer.watch(null), 7, false, ONE));
          awaitLine("begin of snapshot 7");
          peer.cut();
        },
        peer -> {
          peer.welcome(9);
          GetTickets request = peer.watch(null);
          peer.send(SampleMessages.part(request, 9, false, ONE, TWO));
          peer.sendJoined(
              SampleMessages.all(request, 9, false, THREE), SampleMessages.pushed(10, 9));
        });
    assertTrue(parts.stream().noneMatch(SnapshotPart::reset), "nobody knew anything before");
  }

  /** What was known is void with the first part, so there is no way back to where it stood. */
  @Test
  void aResetThatDiesBetweenTwoPartsStaysOne() {
    hear(
        List.of(
            "snapshot 7",
            "event 8",
            "begin of reset 50",
            "begin of reset 60",
            "end of reset 60",
            "event 61"),
        WatchStart.snapshot(),
        peer -> {
          peer.welcome(7);
          peer.send(SampleMessages.all(peer.watch(null), 7, false, ONE));
          peer.push(8, 7);
          awaitLine("event 8");
          peer.cut();
        },
        peer -> {
          peer.welcome(50);
          peer.send(SampleMessages.part(peer.watch(8L), 50, true, ONE));
          awaitLine("begin of reset 50");
          peer.cut();
        },
        peer -> {
          peer.welcome(60);
          GetTickets request = peer.watch(null);
          peer.send(SampleMessages.part(request, 60, false, ONE));
          peer.sendJoined(
              SampleMessages.all(request, 60, false, TWO), SampleMessages.pushed(61, 60));
        });
  }

  @Test
  void anAttemptWithoutAPartChangesNothing() {
    hear(
        List.of("begin of snapshot 7", "snapshot 9"),
        WatchStart.snapshot(),
        peer -> {
          peer.welcome(7);
          peer.send(SampleMessages.part(peer.watch(null), 7, false, ONE));
          awaitLine("begin of snapshot 7");
          peer.cut();
        },
        peer -> {
          peer.welcome(8);
          peer.watch(null);
          peer.cut();
        },
        peer -> peer.refuse("503 Service Unavailable"),
        welcoming(9, peer -> peer.send(SampleMessages.all(peer.watch(null), 9, false))));
  }

  /** A watch that began with the next event still needs everything once it was told a part. */
  @Test
  void aBeginningIsForgottenOnceASnapshotHasBegun() {
    hear(
        List.of("begin of reset 50", "reset 51", "event 52"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          peer.send(SampleMessages.part(peer.watch(7L), 50, true, ONE));
          awaitLine("begin of reset 50");
          peer.cut();
        },
        peer -> {
          peer.welcome(51);
          peer.send(SampleMessages.all(peer.watch(null), 51, false));
          peer.push(52, 51);
        });
  }

  @Test
  void aGapAndADuplicateAfterThePartsAreNoticed() {
    hear(
        List.of("begin of snapshot 7", "end of snapshot 7", "event 8", "event 9"),
        WatchStart.snapshot(),
        peer -> {
          peer.welcome(7);
          GetTickets request = peer.watch(null);
          peer.send(SampleMessages.part(request, 7, false, ONE));
          peer.sendJoined(
              SampleMessages.all(request, 7, false, TWO),
              SampleMessages.pushed(7, 6),
              SampleMessages.pushed(9, 8));
          peer.resume(7);
          peer.sendJoined(
              SampleMessages.pushed(8, 7),
              SampleMessages.pushed(8, 7),
              SampleMessages.pushed(9, 8));
        });
  }

  /** A gap that stays is asked for as a whole, and its parts are those of a reset. */
  @Test
  void aGapThatStaysIsToldInParts() {
    hear(
        List.of("event 8", "begin of reset 10", "end of reset 10"),
        WatchStart.now(),
        peer -> {
          peer.welcome(7);
          peer.resume(7);
          peer.sendJoined(SampleMessages.pushed(8, 7), SampleMessages.pushed(10, 9));
          peer.resume(8);
          peer.push(10, 9);
          GetTickets request = peer.watch(null);
          peer.send(SampleMessages.part(request, 10, false, ONE));
          peer.send(SampleMessages.all(request, 10, false, TWO));
        });
  }

  /** Every connection is announced, also one that goes on from where the last one was. */
  @Test
  void tellsWhoWelcomedIt() {
    List<String> welcomes = new CopyOnWriteArrayList<>();
    RecordingListener noting =
        new RecordingListener() {
          @Override
          public void onWelcome(ServerAddress server, Welcome welcome) {
            welcomes.add(server.uri().getPath() + " " + welcome.revision());
          }
        };
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(7);
              peer.resume(7);
              peer.cut();
            },
            welcoming(8, peer -> peer.resume(7)))) {
      Watcher watcher =
          new Watcher(
              server.settings(),
              new WatchProgress(null, WatchStart.now()),
              noting,
              new Backoff(() -> 0L));
      CompletableFuture<Void> run = CompletableFuture.runAsync(watcher::run);
      await().until(() -> welcomes.size() == 2);
      watcher.stop();
      run.join();
    }
    assertEquals(List.of("/tickets 7", "/tickets 8"), welcomes);
  }
}

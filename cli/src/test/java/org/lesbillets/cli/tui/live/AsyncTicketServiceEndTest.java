package org.lesbillets.cli.tui.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage.GetTickets;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.LockWait;

/** The end of the live view's desk: in time, whatever it was doing, and without threads left. */
final class AsyncTicketServiceEndTest {
  private static final Set<String> OWN =
      Set.of(
          "billets-watch",
          "billets-changes",
          "billets-lease",
          "billets-turn",
          "billets-release",
          "billets-heartbeat");

  private final List<WatchEvent> news = new CopyOnWriteArrayList<>();

  /** The names of the desk's threads that live. */
  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(OWN::contains)
        .collect(Collectors.toSet());
  }

  @BeforeEach
  void othersHaveEnded() {
    await().until(() -> threads().isEmpty());
  }

  /** About a second is promised; the machine may add some. */
  private static void assertEndsInTime(RemoteAsyncTicketService desk) {
    long start = System.nanoTime();
    desk.close();
    long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
    assertTrue(millis < 9_000, "it took " + millis + " ms");
  }

  @Test
  void noThreadIsLeft() {
    try (LiveServer server = new LiveServer()) {
      RemoteAsyncTicketService desk = new RemoteAsyncTicketService(server.settings());
      desk.watch(news::add);
      desk.hold(TicketRef.of(17), null, why -> {}).join();
      server.otherwise((peer, request) -> request instanceof LockTicket);
      LockTicket lock =
          new LockTicket(
              null,
              null,
              TicketRef.of(18),
              null,
              AsyncTicketService.leased(null),
              LockWait.FOREVER,
              null);
      desk.waitForLock(lock, new Deaf());
      await().until(() -> threads().size() == OWN.size() - 1 && server.isLeased());
      assertEndsInTime(desk);
      await().until(() -> threads().isEmpty());
    }
  }

  /** Hears nothing. */
  private static final class Deaf implements LockWaitListener {
    @Override
    public void waiting() {}

    @Override
    public void lost() {}

    @Override
    public void back(ServerAddress server) {}
  }

  @Test
  void endsWhileItConnects() {
    CountDownLatch reached = new CountDownLatch(1);
    try (ScriptedServer silent =
        ScriptedServer.start(
            peer -> {
              peer.request();
              reached.countDown();
              peer.hold();
            })) {
      RemoteAsyncTicketService desk = new RemoteAsyncTicketService(silent.settings());
      desk.watch(news::add);
      var change = desk.hold(TicketRef.of(17), null, why -> {});
      await().until(() -> reached.getCount() == 0);
      assertEndsInTime(desk);
      assertTrue(change.isCompletedExceptionally());
      await().until(() -> threads().isEmpty());
    }
  }

  @Test
  void endsWhileNoAnswerComes() {
    try (ScriptedServer silent = ScriptedServer.start(peer -> peer.welcome(7))) {
      RemoteAsyncTicketService desk = new RemoteAsyncTicketService(silent.settings());
      desk.watch(news::add);
      await().until(() -> news.stream().anyMatch(WatchEvent.Welcomed.class::isInstance));
      assertEndsInTime(desk);
      await().until(() -> threads().isEmpty());
    }
  }

  @Test
  void endsWhileItWaitsForTheNextTryOrForNone() {
    for (String status : List.of("503 Busy", "401 Unauthorized")) {
      try (ScriptedServer refusing = ScriptedServer.start(peer -> peer.refuse(status))) {
        RemoteAsyncTicketService desk = new RemoteAsyncTicketService(refusing.settings());
        desk.watch(news::add);
        await().until(() -> refusing.connections() > 0);
        assertEndsInTime(desk);
        await().until(() -> threads().isEmpty());
      }
    }
  }

  /** Nobody drains the queue any more, and the thread that watches waits for room in it. */
  @Test
  void endsWhileItsListenerWaits() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(0);
              peer.send(SampleMessages.all(peer.read(GetTickets.class), 0, false));
              for (long revision = 1; revision <= 200; revision++) {
                peer.push(revision, revision - 1);
              }
            })) {
      RemoteAsyncTicketService desk = new RemoteAsyncTicketService(server.settings());
      BoundedSlot full = new BoundedSlot(100);
      desk.watch(full);
      await().until(full::isFull);
      assertEndsInTime(desk);
      await().until(() -> threads().isEmpty());
    }
  }

  @Test
  void mayBeEndedTwiceAndWithoutHavingBegun() {
    try (LiveServer server = new LiveServer()) {
      RemoteAsyncTicketService desk = new RemoteAsyncTicketService(server.settings());
      assertEndsInTime(desk);
      assertEndsInTime(desk);
      assertEquals(0, server.connections());
      assertEquals(Set.of(), threads());
    }
  }
}

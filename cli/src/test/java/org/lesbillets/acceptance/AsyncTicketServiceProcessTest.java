package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.client.lock.LockWaitListener;
import org.lesbillets.cli.client.transport.KeepAlive;
import org.lesbillets.cli.client.watch.SnapshotPart;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.cli.tui.live.AsyncTicketService;
import org.lesbillets.cli.tui.live.BoundedSlot;
import org.lesbillets.cli.tui.live.HeldLease;
import org.lesbillets.cli.tui.live.RemoteAsyncTicketService;
import org.lesbillets.cli.tui.state.LinkState;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.field.TicketPatch;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** The live view's desk at a real server, beside people who use the command line. */
@Timeout(Patience.SECONDS)
@WithServer
class AsyncTicketServiceProcessTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int TICKETS = 2_500;

  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;
  @Agent private static Billets bob;

  private final List<LockLostReason> lost = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void start() {
    try (RemoteAsyncTicketService desk = desk(alice)) {
      List<CompletableFuture<EventMessage>> created = new ArrayList<>();
      for (int i = 0; i < TICKETS; i++) {
        created.add(
            desk.change(new ClientMessage.CreateTicket(null, null, TicketContent.titled("t"))));
        if (created.size() == 200) {
          created.forEach(CompletableFuture::join);
          created.clear();
        }
      }
      created.forEach(CompletableFuture::join);
    }
  }

  private static RemoteAsyncTicketService desk(Billets agent) {
    return new RemoteAsyncTicketService(agent.settings(TIMEOUT));
  }

  private static void awaitUntil(String what, Callable<Boolean> condition) {
    await(what).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  private static TicketRef fresh() {
    return TicketRef.parse(bob.does("create --title 'a fresh one'").line());
  }

  /** What a view would know. */
  private static final class View {
    private final BoundedSlot queue = new BoundedSlot(1_000);
    private final TicketBook book = new TicketBook();
    private final List<SnapshotPart> parts = new ArrayList<>();
    private int events;
    private String state = "";

    View drain() {
      queue.drain(this::take);
      return this;
    }

    private void take(WatchEvent news) {
      if (news instanceof WatchEvent.SnapshotLoaded told) {
        parts.add(told.part());
        told.part().tickets().forEach(book::put);
        book.standAt(told.part().at().revision());
      } else if (news instanceof WatchEvent.Happened happened) {
        events++;
        book.apply(happened.event().event());
      } else if (news instanceof WatchEvent.ConnectionChanged connection) {
        state = connection.state().getClass().getSimpleName();
      }
    }

    boolean isLive() {
      return drain().state.equals("Live");
    }

    Ticket ticket(TicketRef ref) {
      return drain().book.matches(ref, 1).stream().findFirst().orElse(null);
    }
  }

  /** As by r in the live view, half-way to where the silence would be found out by itself. */
  @Test
  void toReconnectCutsASilentConnectionAtOnceAndMissesNothing() {
    View view = new View();
    TicketRef ref = fresh();
    try (RemoteAsyncTicketService desk = desk(alice)) {
      desk.watch(view.queue);
      awaitUntil("a live watch", view::isLive);
      int before = view.events;
      server.signal("STOP");
      try {
        awaitUntil("a silence", () -> silence(desk).compareTo(LinkState.PULSE) > 0);
        desk.reconnect();
        awaitUntil("another attempt", () -> !view.isLive());
        assertTrue(silence(desk).compareTo(KeepAlive.STANDARD.silenceLimit()) < 0);
      } finally {
        server.signal("CONT");
      }
      awaitUntil("a live watch again", view::isLive);
      bob.does("comment " + ref + " 'back again'").succeeds();
      awaitUntil("the comment", () -> view.ticket(ref).commentCount() == 1);
      assertEquals(before + 1, view.events);
    }
  }

  private static Duration silence(RemoteAsyncTicketService desk) {
    return Duration.ofNanos(System.nanoTime() - desk.lastReceivedNanos());
  }

  @Test
  void manyTicketsComeInPartsAndThenWhatHappens() {
    View view = new View();
    try (RemoteAsyncTicketService desk = desk(alice)) {
      desk.watch(view.queue);
      awaitUntil("a live watch", view::isLive);
      SnapshotPart first = view.parts.get(0);
      assertTrue(view.parts.size() >= TICKETS / 1_000 + 1, view.parts.size() + " parts");
      assertTrue(first.first() && !first.last() && !first.reset());
      assertEquals(first.total(), view.book.size());
      assertTrue(view.parts.get(view.parts.size() - 1).last());
      TicketRef ref = fresh();
      awaitUntil("the new ticket", () -> view.ticket(ref) != null);
      assertEquals("a fresh one", view.ticket(ref).content().title());
      bob.does("comment " + ref + " 'so it is'").succeeds();
      awaitUntil("the comment", () -> view.ticket(ref).commentCount() == 1);
      assertEquals(
          "so it is",
          desk.details(ref, false, DetailsCursor.NEWEST).join().comments().get(0).text());
    }
  }

  @Test
  void whoEditsIsRobbedInWords() {
    TicketRef ref = fresh();
    try (RemoteAsyncTicketService desk = desk(alice)) {
      HeldLease lease = desk.hold(ref, "editing", lost::add).join();
      CompletionException e =
          assertThrows(CompletionException.class, () -> desk.hold(ref, null, lost::add).join());
      assertTrue(e.getCause().getMessage().contains("is locked by you"), e.getCause().getMessage());
      bob.does("lock " + ref + " --steal --reason 'customer calls'").succeeds();
      awaitUntil("the loss", () -> lost.size() == 1);
      assertEquals("bob took the lock: \"customer calls\"", lost.get(0).sentence());
      lease.release();
    }
    String lock = bob.does("show " + ref + " --field lock").succeeds().out();
    assertTrue(lock.contains("bob"), "what was lost is not released: " + lock);
  }

  @Test
  void whoSavesHasReleased() {
    TicketRef ref = fresh();
    try (RemoteAsyncTicketService desk = desk(alice)) {
      HeldLease lease = desk.hold(ref, "editing", lost::add).join();
      lease
          .finish(
              new ClientMessage.UpdateTicket(
                  null,
                  null,
                  ref,
                  TicketPatch.of(TicketField.TITLE, "saved"),
                  lease.token(),
                  null,
                  true))
          .join();
      bob.does("lock " + ref).succeeds();
      assertEquals("saved", bob.does("show " + ref + " --field title").line());
    }
    assertEquals(List.of(), lost);
  }

  @Test
  void whoLeavesHasReleased() {
    TicketRef ref = fresh();
    try (RemoteAsyncTicketService desk = desk(alice)) {
      desk.hold(ref, "editing", lost::add).join();
      assertEquals(5, bob.does("lock " + ref).exit());
    }
    bob.does("lock " + ref + " --wait=10s").succeeds();
    assertEquals(List.of(), lost);
  }

  @Test
  void aTurnThatComesIsKept() {
    TicketRef ref = fresh();
    bob.does("lock " + ref).succeeds();
    CompletableFuture<EventMessage> turn = new CompletableFuture<>();
    List<String> words = new CopyOnWriteArrayList<>();
    try (RemoteAsyncTicketService desk = desk(alice)) {
      LockTicket lock =
          new LockTicket(
              null, null, ref, null, AsyncTicketService.leased(null), LockWait.FOREVER, null);
      Runnable given = desk.waitForLock(lock, new Noting(turn, words));
      awaitUntil("a wait", () -> words.contains("waiting"));
      Runnable left = desk.waitForLock(lock, new Noting(new CompletableFuture<>(), words));
      left.run();
      bob.does("unlock " + ref).succeeds();
      HeldLease lease = desk.keep(turn.join(), lost::add);
      given.run();
      assertEquals(5, bob.does("lock " + ref).exit());
      lease.release();
      bob.does("lock " + ref + " --wait=10s").succeeds();
    }
    assertEquals(List.of("waiting"), words);
    assertEquals(List.of(), lost);
  }

  /** Notes what becomes of a wait. */
  private record Noting(CompletableFuture<EventMessage> turn, List<String> words)
      implements LockWaitListener {
    @Override
    public void waiting() {
      words.add("waiting");
    }

    @Override
    public void lost() {
      words.add("lost");
    }

    @Override
    public void back(ServerAddress server) {
      words.add("back");
    }

    @Override
    public void granted(EventMessage granted) {
      turn.complete(granted);
    }

    @Override
    public void refused(RuntimeException why) {
      words.add(why.getMessage());
    }
  }

  /** A server that dies and comes back costs neither what was known nor what was held. */
  @Test
  void outlivesItsServer() {
    TicketRef ref = fresh();
    View view = new View();
    try (RemoteAsyncTicketService desk = desk(alice)) {
      desk.watch(view.queue);
      awaitUntil("a live watch", view::isLive);
      HeldLease lease = desk.hold(ref, "editing", lost::add).join();
      awaitUntil("the lock", () -> view.ticket(ref) != null && view.ticket(ref).isLocked());
      int parts = view.parts.size();
      server.killHard();
      awaitUntil("the loss of the connection", () -> !view.isLive());
      server.restart();
      desk.reconnect();
      awaitUntil("a live watch", view::isLive);
      bob.does("comment " + ref + " 'back again'").succeeds();
      awaitUntil("the comment", () -> view.ticket(ref).commentCount() == 1);
      assertEquals(parts, view.parts.size(), "it resumed");
      assertEquals(5, bob.does("lock " + ref).exit(), "it is held");
      lease.release();
      awaitUntil("the release", () -> !view.ticket(ref).isLocked());
    }
    assertEquals(List.of(), lost);
  }

  /** Nobody draws for a while: nothing is lost, and what waits does not grow beyond its bound. */
  @Test
  void aFloodWhileNobodyLooksIsAllThereAfterwards() {
    TicketRef ref = fresh();
    View view = new View();
    try (RemoteAsyncTicketService desk = desk(alice);
        RemoteAsyncTicketService writer = desk(bob)) {
      desk.watch(view.queue);
      awaitUntil("a live watch", view::isLive);
      int before = view.drain().events;
      List<CompletableFuture<EventMessage>> written = new ArrayList<>();
      for (int i = 0; i < 6_000; i++) {
        written.add(
            writer.change(new ClientMessage.CommentTicket(null, null, ref, "comment " + i)));
        if (written.size() == 200) {
          written.forEach(CompletableFuture::join);
          written.clear();
        }
      }
      assertFalse(view.ticket(ref) == null);
      awaitUntil("everything", () -> view.ticket(ref).commentCount() == 6_000);
      assertEquals(6_000, view.events - before);
    }
  }
}

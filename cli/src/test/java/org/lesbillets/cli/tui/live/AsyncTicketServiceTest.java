package org.lesbillets.cli.tui.live;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.tui.event.WatchEvent;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.ClientMessage.GetTicket;
import org.lesbillets.model.message.DetailsCursor;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.TicketDetails;

/** The watch, the changes and the reads of the live view's desk, over real sockets. */
final class AsyncTicketServiceTest {
  private final List<WatchEvent> news = new CopyOnWriteArrayList<>();
  private final LiveServer server = new LiveServer();

  private RemoteAsyncTicketService desk() {
    return new RemoteAsyncTicketService(server.settings());
  }

  private static CommentTicket comment(String text) {
    return new CommentTicket(null, null, TicketRef.of(17), text);
  }

  private static RuntimeException failure(CompletableFuture<?> asked) {
    CompletableFuture<Throwable> raw = new CompletableFuture<>();
    asked.whenComplete((answer, problem) -> raw.complete(problem));
    // As dependents get it: the desk promises the exception itself, not a wrapping.
    return assertInstanceOf(RuntimeException.class, raw.join());
  }

  private List<String> words() {
    return news.stream().map(Words::of).toList();
  }

  /** News in a word or two. */
  private static final class Words implements WatchEvent.Visitor {
    private String words;

    static String of(WatchEvent news) {
      Words visitor = new Words();
      news.accept(visitor);
      return visitor.words;
    }

    @Override
    public void onWelcomed(WatchEvent.Welcomed news) {
      words = "welcome " + news.welcome().agent();
    }

    @Override
    public void onSnapshotLoaded(WatchEvent.SnapshotLoaded news) {
      words = "told " + news.part().at().revision();
    }

    @Override
    public void onHappened(WatchEvent.Happened news) {
      words = "event " + news.event().event().revision();
    }

    @Override
    public void onConnectionChanged(WatchEvent.ConnectionChanged news) {
      words = news.state().getClass().getSimpleName();
    }

    @Override
    public void onGivenUp(WatchEvent.GivenUp news) {
      words = news.sentence();
    }
  }

  @Test
  void tellsEverythingInOrderAndGoesOnAfterALoss() throws Exception {
    try (server;
        RemoteAsyncTicketService desk = desk()) {
      desk.watch(news::add);
      await().until(() -> words().contains("Live"));
      server.push(SampleMessages.pushed(8, 7));
      await().until(() -> words().contains("event 8"));
      server.cutWatch();
      await().until(server::isWatched);
      server.push(SampleMessages.pushed(9, 8));
      await().until(() -> words().contains("event 9"));
    }
    assertEquals(
        List.of(
            "Connecting",
            "welcome alice",
            "told 7",
            "Live",
            "event 8",
            "Reconnecting",
            "Connecting",
            "welcome alice",
            "Live",
            "event 9"),
        words().subList(0, 10));
    assertEquals(server.settings().servers().get(0), welcome().server());
  }

  private WatchEvent.Welcomed welcome() {
    return (WatchEvent.Welcomed) news.get(1);
  }

  @Test
  void isWatchedOnceOnly() {
    try (server;
        RemoteAsyncTicketService desk = desk()) {
      desk.watch(news::add);
      assertThrows(IllegalStateException.class, () -> desk.watch(news::add));
    }
  }

  @Test
  void whatDoesNotHealIsToldAndTriedAgainWhenAskedFor() {
    AtomicInteger attempts = new AtomicInteger();
    try (ScriptedServer refusing =
            ScriptedServer.start(
                peer -> {
                  attempts.incrementAndGet();
                  peer.refuse("401 Unauthorized");
                },
                peer -> {
                  attempts.incrementAndGet();
                  peer.refuse("403 Forbidden");
                },
                welcoming(7, peer -> peer.send(SampleMessages.all(peer.read(), 7, false))));
        RemoteAsyncTicketService desk = new RemoteAsyncTicketService(refusing.settings())) {
      desk.watch(news::add);
      await().until(() -> words().size() == 2);
      assertTrue(words().get(1).contains("wants a token that it knows"), words().get(1));
      assertEquals(1, attempts.get(), "nobody asked for another try");
      desk.reconnect();
      await().until(() -> words().size() == 4);
      assertTrue(words().get(3).contains("does not let this client in"), words().get(3));
      desk.reconnect();
      await().until(() -> words().contains("Live"));
    } finally {
      server.close();
    }
  }

  @Test
  void saysWhenTheServerWasLastHeard() {
    try (server;
        RemoteAsyncTicketService desk = desk()) {
      desk.reconnect();
      long made = desk.lastReceivedNanos();
      desk.watch(news::add);
      await().until(() -> desk.lastReceivedNanos() - made > 0);
    }
  }

  @Test
  void changesAreMadeInTheOrderTheyAreAskedFor() {
    try (server;
        RemoteAsyncTicketService desk = desk()) {
      List<CompletableFuture<EventMessage>> asked = new ArrayList<>();
      List<String> texts = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        texts.add("comment " + i);
        asked.add(desk.change(comment("comment " + i)));
      }
      long last = 7;
      for (CompletableFuture<EventMessage> one : asked) {
        long revision = one.join().event().revision();
        assertEquals(last + 1, revision);
        last = revision;
      }
      assertEquals(texts, server.heard(CommentTicket.class).stream().map(c -> c.text()).toList());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aRefusalIsTheServersAndTheNextChangeGoesOn() {
    server.otherwise(
        (peer, request) -> {
          boolean refused = request instanceof CommentTicket c && c.text().equals("no");
          if (refused) {
            peer.reject(request, RejectionCode.LOCKED);
          }
          return refused;
        });
    try (server;
        RemoteAsyncTicketService desk = desk()) {
      CompletableFuture<EventMessage> no = desk.change(comment("no"));
      CompletableFuture<EventMessage> yes = desk.change(comment("yes"));
      RejectedException refused = assertInstanceOf(RejectedException.class, failure(no));
      assertEquals(RejectionCode.LOCKED, refused.code());
      assertEquals("refused: LOCKED", refused.getMessage());
      assertEquals(8, yes.join().event().revision());
    }
  }

  @Test
  void aLostAnswerIsAskedForAgainUnderOneOperation() {
    AtomicInteger times = new AtomicInteger();
    server.otherwise(
        (peer, request) -> {
          boolean lost = request instanceof CommentTicket && times.incrementAndGet() < 3;
          if (lost) {
            peer.cut();
          }
          return lost;
        });
    try (server;
        RemoteAsyncTicketService desk = desk()) {
      assertEquals(8, desk.change(comment("once")).join().event().revision());
      List<CommentTicket> heard = server.heard(CommentTicket.class);
      assertEquals(3, heard.size());
      assertEquals(1, heard.stream().map(CommentTicket::operationId).distinct().count());
    }
  }

  /** Else whoever sends it again, since it may not have arrived, may have said it twice. */
  @Test
  void aCommentThatIsSentAgainAfterASilenceIsTheSameOperation() {
    AtomicBoolean silent = new AtomicBoolean(true);
    server.otherwise((peer, request) -> request instanceof CommentTicket && silent.get());
    try (server;
        RemoteAsyncTicketService desk =
            new RemoteAsyncTicketService(server.settings(Duration.ofSeconds(2)))) {
      ConnectionException unknown =
          assertInstanceOf(ConnectionException.class, failure(desk.change(comment("once"))));
      assertEquals(Kind.TIMEOUT, unknown.kind());
      silent.set(false);
      desk.change(comment("once")).join();
      assertEquals(1, operations().size(), "one comment, however often it was sent");
      desk.change(comment("once")).join();
      assertEquals(2, operations().size(), "and what is said after an answer is said again");
    }
  }

  private Set<UUID> operations() {
    return server.heard(CommentTicket.class).stream()
        .map(CommentTicket::operationId)
        .collect(Collectors.toSet());
  }

  /** Those behind a change that nobody answers do not each wait for as long again. */
  @Test
  void changesThatNobodyAnswersFailTogether() {
    server.otherwise((peer, request) -> request instanceof CommentTicket);
    try (server;
        RemoteAsyncTicketService desk =
            new RemoteAsyncTicketService(server.settings(Duration.ofSeconds(3)))) {
      long start = System.nanoTime();
      List<CompletableFuture<EventMessage>> asked =
          Stream.of("a", "b", "c", "d", "e", "f").map(text -> desk.change(comment(text))).toList();
      for (CompletableFuture<EventMessage> one : asked) {
        ConnectionException e = assertInstanceOf(ConnectionException.class, failure(one));
        assertEquals(Kind.TIMEOUT, e.kind());
      }
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertTrue(millis < 15_000, "six times 3 s would be 18 s, it took " + millis + " ms");
    }
  }

  @Test
  void tooManyChangesAreNotTaken() {
    CountDownLatch go = new CountDownLatch(1);
    server.otherwise(
        (peer, request) -> {
          go.await();
          return false;
        });
    try (server;
        RemoteAsyncTicketService desk = desk()) {
      List<CompletableFuture<EventMessage>> taken = new ArrayList<>();
      for (int i = 0; i < 256; i++) {
        taken.add(desk.change(comment("taken")));
      }
      RuntimeException refused = failure(desk.change(comment("too many")));
      assertTrue(refused.getMessage().startsWith("256 changes wait"), refused.getMessage());
      go.countDown();
      taken.forEach(CompletableFuture::join);
      desk.change(comment("room again")).join();
      assertEquals(257, server.heard(CommentTicket.class).size());
    }
  }

  @Test
  void theNextChangeFindsItsConnectionMade() {
    try (server;
        RemoteAsyncTicketService desk = desk()) {
      desk.watch(news::add);
      await().until(() -> server.connections() == 2);
      desk.change(comment("quick")).join();
      assertEquals(2, server.connections());
    }
  }

  @Test
  void readsBesideTheWatch() {
    server.otherwise(
        (peer, request) -> {
          if (request instanceof GetTicket get) {
            peer.send(
                new TicketDetails(
                    get.requestId(),
                    SampleMessages.ticket(17, 5),
                    List.of(),
                    null,
                    get.cursor().before() == 5));
          }
          return request instanceof GetTicket;
        });
    try (server;
        RemoteAsyncTicketService desk = desk()) {
      RuntimeException early =
          failure(desk.details(TicketRef.of(17), false, new DetailsCursor(5L, null)));
      assertTrue(early.getMessage().startsWith("nobody watches yet"), early.getMessage());
      desk.watch(news::add);
      await().until(() -> words().contains("Live"));
      TicketDetails details =
          desk.details(TicketRef.of(17), true, new DetailsCursor(5L, null)).join();
      assertEquals(17, details.ticket().number());
      assertTrue(details.more());
      assertTrue(server.heard(GetTicket.class).get(0).history());
    }
  }

  @Test
  void afterTheEndNothingIsChanged() {
    RemoteAsyncTicketService desk = desk();
    try (server) {
      desk.close();
      ConnectionException e =
          assertInstanceOf(ConnectionException.class, failure(desk.change(comment("late"))));
      assertTrue(e.getMessage().contains("is ending"), e.getMessage());
      assertEquals(0, server.connections());
    }
  }

  /** Whoever saves and leaves at once has saved. */
  @Test
  void whatWasAskedForIsDoneBeforeTheEnd() {
    CountDownLatch closing = new CountDownLatch(1);
    server.otherwise(
        (peer, request) -> {
          if (request instanceof ClientMessage.Change) {
            closing.await();
          }
          return false;
        });
    try (server) {
      RemoteAsyncTicketService desk = server.patientDesk();
      List<CompletableFuture<EventMessage>> asked =
          List.of(desk.change(comment("a")), desk.change(comment("b")));
      CompletableFuture<Void> closed = CompletableFuture.runAsync(desk::close);
      await().until(() -> failure(desk.change(comment("late"))) != null);
      closing.countDown();
      closed.join();
      assertEquals(List.of(8L, 9L), asked.stream().map(a -> a.join().event().revision()).toList());
    }
  }

  @Test
  void theEndDoesNotWaitForAServerThatIsSilent() {
    server.otherwise((peer, request) -> request instanceof CommentTicket);
    try (server) {
      RemoteAsyncTicketService desk = desk();
      CompletableFuture<EventMessage> first = desk.change(comment("a"));
      CompletableFuture<EventMessage> second = desk.change(comment("b"));
      await().until(() -> server.heard(CommentTicket.class).size() == 1);
      desk.close();
      assertThrows(CompletionException.class, first::join);
      assertThrows(CompletionException.class, second::join);
    }
  }
}

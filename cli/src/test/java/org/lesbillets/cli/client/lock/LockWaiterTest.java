package org.lesbillets.cli.client.lock;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.CancelWait;
import org.lesbillets.model.message.ClientMessage.LockTicket;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.LockWait;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Waiting in line for a lock, over connections that come and go. */
final class LockWaiterTest {
  private final List<LockTicket> heard = new CopyOnWriteArrayList<>();
  private final List<String> words = new CopyOnWriteArrayList<>();

  private final LockWaitListener listener =
      new LockWaitListener() {
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
      };

  /** What was said of the connection; that it takes long depends on the machine. */
  private List<String> ofTheConnection() {
    return words.stream().filter(word -> !word.equals("waiting")).toList();
  }

  private static LockTicket wanted(Duration atMost) {
    LockTerms terms = new LockTerms(Duration.ofMinutes(1), null, "cli");
    return new LockTicket(null, null, TicketRef.of(17), null, terms, new LockWait(atMost), null);
  }

  private LockWaiter waiting(ScriptedServer server, Duration atMost) {
    return new LockWaiter(server.settings(), wanted(atMost), listener);
  }

  private LockTicket heard(ScriptedPeer peer) throws IOException {
    LockTicket request = peer.read(LockTicket.class);
    heard.add(request);
    return request;
  }

  private static ServerMessage rejected(String requestId, RejectionCode code) {
    return SampleMessages.rejected(new ClientMessage.Ping(requestId), code);
  }

  @Test
  void isAnsweredWhenItsTurnComes() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              LockTicket request = heard(peer);
              peer.ping();
              peer.push(8, 5);
              peer.grant(request, 9);
            })) {
      EventMessage granted = waiting(server, null).take();
      assertEquals(9, Lease.of(granted).token());
      assertEquals(LockWait.FOREVER, heard.get(0).waiting());
      assertEquals(List.of(), ofTheConnection());
    }
  }

  @Test
  void saysThatItTakesLong() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              LockTicket request = heard(peer);
              await().until(() -> !words.isEmpty());
              peer.grant(request, 9);
            })) {
      assertEquals(9, Lease.of(waiting(server, null).take()).token());
      assertEquals(List.of("waiting"), words);
    }
  }

  @Test
  void saysOnlyOnceThatItTakesLong() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              heard(peer);
              await().until(() -> !words.isEmpty());
              peer.cut();
            },
            peer -> {
              peer.welcome(5);
              LockTicket request = heard(peer);
              await().during(Duration.ofMillis(1_500)).until(() -> true);
              peer.grant(request, 9);
            })) {
      assertEquals(9, Lease.of(waiting(server, null).take()).token());
      assertEquals(List.of("waiting", "lost", "back"), words);
    }
  }

  @Test
  void connectingIsNoPartOfTheWait() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              await().during(Duration.ofMillis(400)).until(() -> true);
              peer.welcome(5);
              LockTicket request = heard(peer);
              peer.read(CancelWait.class);
              peer.send(rejected(request.requestId(), RejectionCode.TIMEOUT));
            })) {
      LockWaiter queued = waiting(server, Duration.ofMillis(1));
      RejectedException over = assertThrows(RejectedException.class, queued::take);
      assertEquals(RejectionCode.TIMEOUT, over.code(), "the server's word, not a failure");
      assertEquals(1, server.connections());
    }
  }

  @Test
  void asksForTheSameOperationWhenTheConnectionIsLost() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              heard(peer);
              peer.cut();
            },
            peer -> peer.refuse("503 Service Unavailable"),
            peer -> {
              peer.welcome(5);
              heard(peer);
              peer.close(1012, "");
            },
            welcoming(5, peer -> peer.send(SampleMessages.granted(heard(peer), 9, true))))) {
      assertEquals(9, Lease.of(waiting(server, Duration.ofMinutes(5)).take()).token());
      assertEquals(3, heard.size());
      assertEquals(1, heard.stream().map(LockTicket::operationId).distinct().count());
      List<Duration> rests = heard.stream().map(request -> request.waiting().atMost()).toList();
      assertEquals(rests.stream().sorted(Comparator.reverseOrder()).toList(), rests);
      assertTrue(rests.get(2).compareTo(rests.get(0)) < 0, "what is left of the wait: " + rests);
      assertEquals(List.of("lost", "back", "lost", "back"), ofTheConnection());
    }
  }

  @Test
  void answersOfAServerInTroubleAreNoEnd() {
    try (ScriptedServer server =
        ScriptedServer.start(
            welcoming(5, peer -> peer.reject(heard(peer), RejectionCode.BUSY)),
            welcoming(5, peer -> peer.reject(heard(peer), RejectionCode.UNCERTAIN)),
            welcoming(5, peer -> peer.grant(heard(peer), 9)))) {
      waiting(server, null).take();
      assertEquals(1, heard.stream().map(LockTicket::operationId).distinct().count());
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = RejectionCode.class,
      mode = Mode.EXCLUDE,
      names = {"BUSY", "UNCERTAIN"})
  void anyOtherRefusalIsTheEnd(RejectionCode code) {
    try (ScriptedServer server =
        ScriptedServer.start(welcoming(5, peer -> peer.reject(heard(peer), code)))) {
      LockWaiter queued = waiting(server, null);
      assertEquals(code, assertThrows(RejectedException.class, queued::take).code());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void leavesTheLineWhenTheTimeIsOver() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              LockTicket request = heard(peer);
              CancelWait cancel = peer.read(CancelWait.class);
              assertEquals(request.requestId(), cancel.waitRequestId());
              peer.send(rejected(request.requestId(), RejectionCode.TIMEOUT));
            })) {
      LockWaiter queued = waiting(server, Duration.ofMillis(300));
      RejectedException over = assertThrows(RejectedException.class, queued::take);
      assertEquals(RejectionCode.TIMEOUT, over.code());
    }
  }

  @Test
  void aLockGrantedAtTheLastMomentIsTaken() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              LockTicket request = heard(peer);
              peer.read(CancelWait.class);
              peer.grant(request, 9);
            })) {
      assertEquals(9, Lease.of(waiting(server, Duration.ofMillis(300)).take()).token());
    }
  }

  @Test
  void aLockThatRanOutUnheardIsAskedForAnew() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              EventMessage old = SampleMessages.granted(heard(peer), 9, true);
              peer.send(expired(old));
            },
            welcoming(5, peer -> peer.grant(heard(peer), 12)))) {
      assertEquals(12, Lease.of(waiting(server, null).take()).token());
      assertNotEquals(heard.get(0).operationId(), heard.get(1).operationId());
      assertNull(heard.get(0).token());
    }
  }

  private static EventMessage expired(EventMessage granted) {
    var ticket = granted.event().event().ticket();
    var over = ticket.withLock(ticket.lock().withRemaining(Duration.ZERO, 0));
    return new EventMessage(
        granted.event().withEvent(SampleMessages.lockedBy(over, false)),
        granted.requestId(),
        granted.repeated(),
        null);
  }

  @Test
  void aServerThatNeverWasThereIsNotWaitedFor() throws IOException {
    ServerAddress address;
    try (ServerSocket free = new ServerSocket(0)) {
      address = ServerAddress.parseAll("127.0.0.1:" + free.getLocalPort()).get(0);
    }
    ClientSettings settings =
        new ClientSettings(List.of(address), () -> "", Duration.ofMillis(200));
    LockWaiter queued = new LockWaiter(settings, wanted(null), listener);
    assertEquals(Kind.UNREACHABLE, assertThrows(ConnectionException.class, queued::take).kind());
    assertEquals(List.of(), words);
  }

  @Test
  void aServerThatStaysAwayEndsTheWaitWithItsTime() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              heard(peer);
              peer.cut();
            },
            peer -> peer.refuse("503 Service Unavailable"))) {
      LockWaiter queued = waiting(server, Duration.ofMillis(400));
      ConnectionException over = assertThrows(ConnectionException.class, queued::take);
      assertEquals(Kind.TIMEOUT, over.kind());
      assertTrue(over.getMessage().contains("the wait for the lock on 17 is over"));
      assertEquals(List.of("lost"), ofTheConnection());
    }
  }

  @Test
  void aRefusedTokenIsTheEnd() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.refuse("401 Unauthorized"))) {
      LockWaiter queued = waiting(server, null);
      assertEquals(Kind.UNAUTHORIZED, assertThrows(ConnectionException.class, queued::take).kind());
    }
  }

  /** Waits in a thread of its own, for as long as it takes. */
  private CompletableFuture<EventMessage> taking(LockWaiter queued) {
    return CompletableFuture.supplyAsync(queued::take);
  }

  private static RuntimeException failure(CompletableFuture<EventMessage> taking) {
    CompletionException e = assertThrows(CompletionException.class, taking::join);
    return assertInstanceOf(RuntimeException.class, e.getCause());
  }

  @Test
  void whoCancelsLeavesTheLine() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              LockTicket request = heard(peer);
              CancelWait cancel = peer.read(CancelWait.class);
              assertEquals(request.requestId(), cancel.waitRequestId());
              peer.send(rejected(request.requestId(), RejectionCode.TIMEOUT));
            })) {
      LockWaiter queued = waiting(server, null);
      CompletableFuture<EventMessage> taking = taking(queued);
      await().until(() -> words.equals(List.of("waiting")));
      queued.cancel();
      RejectedException over = assertInstanceOf(RejectedException.class, failure(taking));
      assertEquals(RejectionCode.TIMEOUT, over.code());
      assertEquals(List.of("waiting"), words);
    }
  }

  @Test
  void whoCancelsWhenTheirTurnHasJustComeIsTold() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              LockTicket request = heard(peer);
              peer.read(CancelWait.class);
              peer.grant(request, 9);
            })) {
      LockWaiter queued = waiting(server, null);
      CompletableFuture<EventMessage> taking = taking(queued);
      await().until(() -> heard.size() == 1);
      queued.cancel();
      assertEquals(9, Lease.of(taking.join()).token());
      assertEquals(List.of(), words, "nobody is told of a wait that is over");
    }
  }

  @Test
  void whoCancelsWaitsForNoServer() {
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              heard(peer);
              peer.cut();
            },
            peer -> peer.refuse("503 Service Unavailable"))) {
      LockWaiter queued =
          new LockWaiter(server.settings(), wanted(null), listener, SampleMessages.longBackoff());
      CompletableFuture<EventMessage> taking = taking(queued);
      await().until(() -> words.equals(List.of("lost")));
      long start = System.nanoTime();
      queued.cancel();
      assertEquals(
          Kind.TIMEOUT, assertInstanceOf(ConnectionException.class, failure(taking)).kind());
      long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
      assertTrue(millis < 10_000, "it took " + millis + " ms");
    }
  }

  @Test
  void whoCancelledBeforehandAsksForNothing() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      LockWaiter queued = waiting(server, null);
      queued.cancel();
      assertThrows(ConnectionException.class, queued::take);
      assertEquals(0, server.connections());
    }
  }
}

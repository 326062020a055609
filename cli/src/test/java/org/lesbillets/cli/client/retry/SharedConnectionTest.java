package org.lesbillets.cli.client.retry;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.PushListener.NONE;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.TicketClient;

/** One connection for several threads, healed once for all of them. */
@Timeout(60)
final class SharedConnectionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int THREADS = 8;

  private static Set<TicketClient> openedAtOnce(List<ReconnectingConnection> uses)
      throws InterruptedException {
    Set<TicketClient> opened = ConcurrentHashMap.newKeySet();
    CountDownLatch done = new CountDownLatch(uses.size());
    for (ReconnectingConnection use : uses) {
      new Thread(
              () -> {
                opened.add(use.open(PATIENCE, NONE));
                done.countDown();
              })
          .start();
    }
    done.await();
    return opened;
  }

  @Test
  void allThreadsGetOneConnectionAndAfterALossOneOther() throws Exception {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5));
        SharedConnection shared = new SharedConnection(server.settings())) {
      List<ReconnectingConnection> uses =
          IntStream.range(0, THREADS).mapToObj(i -> shared.use()).toList();
      TicketClient first = openedAtOnce(uses).iterator().next();
      assertEquals(1, server.connections());
      server.peer(0).cut();
      await().until(() -> !first.isOpen());
      assertEquals(1, openedAtOnce(uses).size());
      assertEquals(2, server.connections());
      assertEquals(
          server.peer(0).header("billets-client"), server.peer(1).header("billets-client"));
    }
  }

  @Test
  void whoLeavesItLeavesItToTheOthers() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5));
        SharedConnection shared = new SharedConnection(server.settings())) {
      List<ReconnectingConnection> uses = List.of(shared.use(), shared.use());
      ReconnectingConnection one = uses.get(0);
      ReconnectingConnection other = uses.get(1);
      TicketClient open = one.open(PATIENCE, NONE);
      assertSame(open, other.open(PATIENCE, NONE));
      one.close();
      other.drop();
      assertTrue(open.isOpen(), "it answers pings");
      assertSame(open, one.open(PATIENCE, NONE));
    }
  }

  private static ConnectionException notOpened(SharedConnection shared) {
    ReconnectingConnection use = shared.use();
    return assertThrows(ConnectionException.class, () -> use.open(PATIENCE, NONE));
  }

  @Test
  void whatNoAttemptHealsIsSaidAtOnceAndAClosedOneIsNotOpenedAgain() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.refuse("401 Unauthorized"))) {
      SharedConnection shared = new SharedConnection(server.settings());
      assertEquals(ConnectionException.Kind.UNAUTHORIZED, notOpened(shared).kind());
      shared.close();
      assertFalse(notOpened(shared).kind().isOutcomeUnknown());
      assertEquals(1, server.connections());
    }
  }

  @Test
  void aServerThatDiesInTheFirstHandshakeDoesNotTakeAllTheTime() {
    Duration timeout = Duration.ofSeconds(1);
    try (ScriptedServer server =
            ScriptedServer.start(peer -> peer.request(), peer -> peer.welcome(5));
        SharedConnection shared = new SharedConnection(server.settings(timeout))) {
      ReconnectingConnection use = shared.use();
      long start = System.nanoTime();
      assertThrows(ConnectionException.class, () -> use.open(timeout.multipliedBy(8), NONE));
      assertTrue(System.nanoTime() - start < timeout.multipliedBy(7).toNanos());
      assertTrue(use.open(PATIENCE, NONE).isOpen());
    }
  }
}

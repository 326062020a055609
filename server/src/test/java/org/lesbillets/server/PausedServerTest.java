package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.journal.ChildJvm;
import org.lesbillets.server.session.Frame;

/** A server that is stopped for longer than its timeouts, with all others going on, and not. */
class PausedServerTest {
  private static final int CLIENTS = 10;
  private static final Duration TTL = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(2_500);
  private static final int FIN_PONG = 0x80 | Frame.PONG;

  private final List<WireClient> clients = new ArrayList<>();
  private Process process;
  private int port;

  @BeforeEach
  void start() throws IOException {
    process = ChildJvm.start(ScaledServer.class);
    BufferedReader out = process.inputReader();
    port = Integer.parseInt(out.readLine());
    for (int i = 0; i < CLIENTS; i++) {
      WireClient client = WireClient.connect(port, "agent" + i);
      client.next(ServerMessage.Welcome.class);
      clients.add(client);
    }
  }

  @AfterEach
  void stop() throws Exception {
    clients.forEach(WireClient::close);
    process.getOutputStream().close();
    process.waitFor();
  }

  private void pause() throws Exception {
    signal("STOP");
    pass(PAUSE);
    signal("CONT");
  }

  private static void pass(Duration time) {
    await().pollDelay(time).until(() -> true);
  }

  private void signal(String name) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor());
  }

  @Test
  void nobodyIsCutAndNoLockIsLost() throws Exception {
    WireClient holder = clients.get(0);
    holder.send(Samples.create("create", "Printer"));
    holder.answer("create");
    long token = granted(holder, "lock", null);
    for (int round = 0; round < 2; round++) {
      pause();
      for (int i = 1; i <= 2; i++) {
        assertEquals(token, granted(holder, "renew" + round + i, token));
        pass(TTL.dividedBy(4));
      }
    }
    for (WireClient client : clients) {
      client.send(new ClientMessage.Ping("still there"));
      assertInstanceOf(ServerMessage.Pong.class, client.answer("still there"));
    }
  }

  private static long granted(WireClient holder, String requestId, Long token) {
    LockTerms terms = new LockTerms(TTL, null, null);
    holder.send(
        new ClientMessage.LockTicket(requestId, null, TicketRef.of(1), token, terms, null, null));
    ServerMessage.Answer answer = holder.answer(requestId);
    assertInstanceOf(ServerMessage.EventMessage.class, answer, answer::toString);
    return Samples.event(answer).event().ticket().lock().token();
  }

  /** Who was silent before the pause is silent after it, and whoever wakes with it is not. */
  @Test
  void whoIsDeadIsCutAllTheSameAndWhoWasPausedTooIsNot() throws Exception {
    try (RawClient dead = RawClient.upgraded(port, 0);
        RawClient paused = RawClient.upgraded(port, 0)) {
      pause();
      long resumed = System.nanoTime();
      CompletableFuture<Void> alive = CompletableFuture.runAsync(() -> pong(paused, resumed));
      assertEquals(-1, dead.closeCode());
      Duration took = Duration.ofNanos(System.nanoTime() - resumed);
      assertTrue(took.compareTo(ScaledServer.SILENCE.plusSeconds(20)) < 0, took::toString);
      assertFalse(alive.isCompletedExceptionally());
      await().until(alive::isDone);
      alive.join();
    }
  }

  /** Answers each ping, for twice as long as silence is borne. */
  private static void pong(RawClient client, long since) {
    try {
      while (System.nanoTime() - since < 2 * ScaledServer.SILENCE.toNanos()) {
        Frame frame = client.next();
        assertTrue(frame != null, "it was cut");
        if (frame.opcode() == Frame.PING) {
          client.send(FIN_PONG, new byte[0]);
        }
      }
    } catch (IOException e) {
      throw new AssertionError("it was cut", e);
    }
  }
}

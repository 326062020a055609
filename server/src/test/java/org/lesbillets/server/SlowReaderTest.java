package org.lesbillets.server;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.lesbillets.model.message.ServerMessage;
import org.lesbillets.server.journal.MemoryJournal;
import org.lesbillets.server.session.SessionLimits;

/** A client that stops reading: it is cut, costs nothing to speak of, and nobody else notices. */
class SlowReaderTest {
  private static final long RING = 8L * 1024 * 1024;
  private static final long MEGABYTE = 1024 * 1024;
  private static final SessionLimits.AnswerLimits LARGE_ANSWERS =
      new SessionLimits.AnswerLimits(MEGABYTE, 8 * MEGABYTE, 16 * MEGABYTE);
  private static final SessionLimits STRICT =
      new SessionLimits(
          LARGE_ANSWERS,
          Duration.ofSeconds(2),
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          256,
          20_000,
          Duration.ofSeconds(5));

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = TestServer.with(new MemoryJournal(), RING, STRICT);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void itIsCutAndCostsNothingAndAnotherMissesNothing() throws Exception {
    AtomicBoolean running = new AtomicBoolean(true);
    AtomicLong last = new AtomicLong();
    try (RawClient deaf = RawClient.upgraded(server.port(), 4_096);
        WireClient writer = server.connect("writer");
        Follower other = new Follower(server, "other")) {
      await().until(() -> server.server().sessions() == 3);
      deaf.sendText("{\"type\":\"GetTickets\",\"requestId\":\"w\",\"watch\":true}");
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(() -> write(writer, running, last));
      await().until(() -> last.get() > 1_000);
      long direct = directBytes();
      await().until(() -> server.server().sessions() == 2);
      running.set(false);
      writing.join();
      long grown = directBytes() - direct;
      assertTrue(grown <= RING + 2 * MEGABYTE, grown + " bytes of direct memory");
      other.followTo(last.get());
      assertEquals(1, other.connections());
    }
  }

  private static void write(WireClient client, AtomicBoolean running, AtomicLong last) {
    int sent = 0;
    String words = "x".repeat(100);
    while (running.get()) {
      for (int i = 0; i < 50; i++) {
        client.send(Samples.create("c" + ++sent, words));
      }
      last.set(Samples.event(client.answer("c" + sent)).revision());
    }
  }

  private static long directBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void whoAsksForMuchAndReadsNothingIsCutWithItsOutbox() throws Exception {
    try (RawClient deaf = RawClient.upgraded(server.port(), 4_096)) {
      await().until(() -> server.server().sessions() == 1);
      String bad =
          "{\"type\":\"" + "y".repeat(100) + "\",\"requestId\":\"" + "r".repeat(60) + "\"}";
      try {
        for (int i = 0; i < 200_000 && server.server().sessions() > 0; i++) {
          deaf.sendText(bad);
        }
      } catch (IOException e) {
        // The connection was cut while it wrote.
      }
      await().until(() -> server.server().sessions() == 0);
    }
  }

  /** Requests that wait for a lock, however long they are, do not stop the one that ends a wait. */
  @Test
  void whoWaitsForLocksIsReadFromAllTheSame() throws Exception {
    String padded =
        "{\"type\":\"LockTicket\",\"requestId\":\"w%d\",\"ticket\":1,\"waitForever\":true,\"x\":\""
            + "x".repeat(200_000)
            + "\"}";
    try (WireClient holder = server.connect("holder");
        WireClient waiter = server.connect("waiter")) {
      holder.send(Samples.create("c", "t")).answer("c");
      holder.sendText("{\"type\":\"LockTicket\",\"requestId\":\"l\",\"ticket\":1}").answer("l");
      for (int i = 0; i < 60; i++) {
        waiter.sendText(padded.formatted(i));
      }
      waiter.sendText("{\"type\":\"CancelWait\",\"requestId\":\"end\",\"waitRequestId\":\"w59\"}");
      assertInstanceOf(ServerMessage.Rejected.class, waiter.answer("w59"));
      assertInstanceOf(ServerMessage.Pong.class, waiter.answer("end"));
    }
  }

  /** Each asks for much more than all may hold together, and reads nothing. */
  @Test
  void whoAsksForLargeAnswersAndReadsNothingIsNotReadFromEither() throws Exception {
    String request =
        ("{\"type\":\"CreateTicket\",\"requestId\":\"c\","
                + "\"ticket\":{\"title\":\"t\",\"description\":\"%s\"}}")
            .formatted("x".repeat(60_000));
    List<Thread> asking = new ArrayList<>();
    AtomicLong most = new AtomicLong();
    try (WireClient other = server.connect("other")) {
      for (int i = 0; i < 8; i++) {
        Thread thread = new Thread(() -> askForever(request));
        asking.add(thread);
        thread.start();
      }
      await().until(() -> server.server().sessions() == 9);
      long answers = 0;
      while (server.server().sessions() > 1) {
        most.accumulateAndGet(server.server().unreadBytes(), Math::max);
        other.send(Samples.create("c" + ++answers, "t"));
        other.answer("c" + answers);
      }
      assertTrue(most.get() < LARGE_ANSWERS.totalBytes() + 8 * MEGABYTE, most + " bytes");
      assertTrue(answers > 20, answers + " answers to another");
    }
    for (Thread thread : asking) {
      thread.join();
    }
  }

  private void askForever(String request) {
    try (RawClient deaf = RawClient.upgraded(server.port(), 4_096)) {
      while (true) {
        deaf.sendText(request);
      }
    } catch (IOException e) {
      // The connection was cut while it wrote.
    }
  }
}

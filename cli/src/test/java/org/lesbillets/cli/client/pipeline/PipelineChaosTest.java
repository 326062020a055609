package org.lesbillets.cli.client.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.RejectionCode;

/**
 * Changes sent through a server that is busy, cuts, answers late or never: each has one effect, on
 * each ticket in the order that was asked for, and results come in order. The seed is printed on
 * failure; {@code -Dbillets.seed=N} plays it again, as far as threads allow.
 */
final class PipelineChaosTest {
  private static final int CHANGES = 600;
  private static final int TICKETS = 7;

  private final long seed = Long.getLong("billets.seed", System.nanoTime());
  private final AtomicInteger connections = new AtomicInteger();

  /** What the server has done: the operations, and the texts on each ticket in their order. */
  private final Set<UUID> done = ConcurrentHashMap.newKeySet();

  private final Map<Long, List<String>> texts = new TreeMap<>();
  private final AtomicInteger repeats = new AtomicInteger();

  @Test
  void eachChangeHasOneEffectInItsTicketsOrder() {
    Random random = new Random(seed);
    Map<Long, List<String>> expected = new TreeMap<>();
    List<NumberedJob> jobs = new ArrayList<>();
    for (int i = 0; i < CHANGES; i++) {
      long ticket = 1 + random.nextInt(TICKETS);
      expected.computeIfAbsent(ticket, t -> new ArrayList<>()).add("text " + i);
      jobs.add(
          new NumberedJob(i, new CommentTicket("r" + i, null, TicketRef.of(ticket), "text " + i)));
    }
    List<Integer> told = new ArrayList<>();
    try (ScriptedServer server = ScriptedServer.start(this::misbehave)) {
      PipelineResult end = new Pipeline<>(server.settings(), 16, source(jobs), sink(told)).run();
      assertEquals(new PipelineResult(0, true, null), end, "seed " + seed);
      assertTrue(server.connections() > 5, server.connections() + " connections, seed " + seed);
    }
    assertEquals(IntStream.range(0, CHANGES).boxed().toList(), told, "seed " + seed);
    jobs.forEach(job -> assertEquals("TicketCreated", job.outcome, job.number + ", seed " + seed));
    assertEquals(expected, texts, "seed " + seed);
    assertTrue(repeats.get() > 5, repeats + " repeats, seed " + seed);
  }

  private static JobSource<NumberedJob> source(List<NumberedJob> jobs) {
    Iterator<NumberedJob> all = jobs.iterator();
    return () -> all.hasNext() ? all.next() : null;
  }

  private static JobSink<NumberedJob> sink(List<Integer> told) {
    return new JobSink<>() {
      @Override
      public boolean goesOnAfter(NumberedJob job) {
        return true;
      }

      @Override
      public void take(NumberedJob job) {
        told.add(job.number);
      }

      @Override
      public void pause() {
        // Nothing is held back.
      }
    };
  }

  private void misbehave(ScriptedPeer peer) throws IOException {
    // A Random begins much as one with a seed near by does: it would refuse forty times in a row.
    SplittableRandom random = new SplittableRandom(seed + connections.getAndIncrement());
    if (random.nextInt(8) == 0) {
      peer.refuse("503 Service Unavailable");
      return;
    }
    peer.welcome(5);
    while (true) {
      CommentTicket request = peer.read(CommentTicket.class);
      switch (random.nextInt(60)) {
        case 0 -> {
          peer.cut();
          return;
        }
        case 1 -> {
          effect(request);
          peer.cut();
          return;
        }
        case 2, 3 -> peer.reject(request, RejectionCode.BUSY);
        case 4, 5, 6, 7, 8 ->
            CompletableFuture.delayedExecutor(random.nextInt(30), TimeUnit.MILLISECONDS)
                .execute(() -> answerLate(peer, request));
        default -> answer(peer, request);
      }
    }
  }

  private void answerLate(ScriptedPeer peer, CommentTicket request) {
    try {
      answer(peer, request);
    } catch (IOException e) {
      // The connection is gone by now, and the change was made all the same.
    }
  }

  private void answer(ScriptedPeer peer, CommentTicket request) throws IOException {
    effect(request);
    peer.answer(request, 6);
  }

  private synchronized void effect(CommentTicket request) {
    if (!done.add(request.operationId())) {
      repeats.incrementAndGet();
      return;
    }
    long ticket = ((TicketRef.ByNumber) request.ticket()).number();
    texts.computeIfAbsent(ticket, t -> new ArrayList<>()).add(request.text());
  }
}

package org.lesbillets.cli.client.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.cli.client.ScriptedServer.welcoming;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.ConnectionException.Kind;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.ScriptedPeer;
import org.lesbillets.cli.client.ScriptedServer;
import org.lesbillets.cli.client.ServerAddress;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.ClientMessage.CommentTicket;
import org.lesbillets.model.message.RejectionCode;

/** Many jobs over real connections. */
final class PipelineTest {
  private final List<Integer> told = new CopyOnWriteArrayList<>();
  private Predicate<NumberedJob> goesOnAfter = job -> true;

  private final JobSink<NumberedJob> sink =
      new JobSink<>() {
        @Override
        public boolean goesOnAfter(NumberedJob job) {
          return goesOnAfter.test(job);
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

  private static CommentTicket comment(int id, long ticket) {
    return new CommentTicket("r" + id, null, TicketRef.of(ticket), "comment " + id);
  }

  /** Comments on so many tickets in turn. */
  private static List<NumberedJob> comments(int count, int tickets) {
    return IntStream.range(0, count)
        .mapToObj(i -> new NumberedJob(i, comment(i, 1 + i % tickets)))
        .toList();
  }

  private static JobSource<NumberedJob> source(List<NumberedJob> jobs) {
    Iterator<NumberedJob> all = jobs.iterator();
    return () -> all.hasNext() ? all.next() : null;
  }

  private PipelineResult run(ClientSettings settings, int atOnce, List<NumberedJob> jobs) {
    return new Pipeline<>(settings, atOnce, source(jobs), sink).run();
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static List<String> outcomes(List<NumberedJob> jobs) {
    return jobs.stream().map(job -> job.outcome).toList();
  }

  private static void answer(ScriptedPeer peer, ClientMessage request) throws IOException {
    peer.answer(request, 6);
  }

  @Test
  void resultsComeInTheOrderOfTheJobs() {
    List<NumberedJob> jobs = comments(4, 4);
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              List<ClientMessage> asked = new ArrayList<>();
              for (int i = 0; i < 4; i++) {
                asked.add(peer.read());
              }
              for (int i : new int[] {2, 0, 3, 1}) {
                answer(peer, asked.get(i));
              }
            })) {
      PipelineResult end = run(server.settings(), 4, jobs);
      assertEquals(new PipelineResult(0, true, null), end);
      assertEquals(numbers(4), told);
      assertTrue(jobs.stream().allMatch(job -> job.outcome.equals("TicketCreated")));
      assertEquals(1, server.connections());
    }
  }

  @Test
  void nothingToDoNeedsNoServer() {
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      assertEquals(new PipelineResult(0, true, null), run(server.settings(), 4, List.of()));
      List<NumberedJob> bad = List.of(new NumberedJob(0), new NumberedJob(1));
      assertEquals(new PipelineResult(0, true, null), run(server.settings(), 4, bad));
      assertEquals(numbers(2), told);
      assertEquals(0, server.connections());
    }
  }

  @Test
  void neverMoreAtATimeThanAllowed() {
    List<NumberedJob> jobs = comments(50, 50);
    AtomicInteger most = new AtomicInteger();
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              int answered = 0;
              List<ClientMessage> owed = new ArrayList<>();
              while (answered < 50) {
                owed.add(peer.read());
                most.accumulateAndGet(owed.size(), Math::max);
                if (owed.size() == 3 || answered + owed.size() == 50) {
                  answered += owed.size();
                  for (ClientMessage request : owed) {
                    answer(peer, request);
                  }
                  owed.clear();
                }
              }
            })) {
      run(server.settings(), 3, jobs);
      assertEquals(3, most.get());
      assertEquals(numbers(50), told);
    }
  }

  @Test
  void jobsOfOneTicketGoOneAfterTheOther() {
    List<NumberedJob> jobs = comments(6, 2);
    List<String> heard = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              for (int i = 0; i < 3; i++) {
                ClientMessage one = peer.read();
                ClientMessage other = peer.read();
                heard.add(one.requestId() + " " + other.requestId());
                answer(peer, other);
                answer(peer, one);
              }
            })) {
      run(server.settings(), 64, jobs);
      assertEquals(3, heard.size());
      assertTrue(heard.get(0).matches("r0 r1"), heard.toString());
      assertTrue(heard.get(2).matches("r[45] r[45]"), heard.toString());
    }
  }

  @Test
  void whatIsUnansweredIsSentAgainOverANewConnection() {
    List<NumberedJob> jobs = comments(3, 3);
    List<UUID> first = new CopyOnWriteArrayList<>();
    List<UUID> second = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              for (int i = 0; i < 3; i++) {
                CommentTicket request = peer.read(CommentTicket.class);
                first.add(request.operationId());
                if (i == 0) {
                  answer(peer, request);
                }
              }
              peer.cut();
            },
            peer -> {
              peer.welcome(5);
              for (int i = 0; i < 2; i++) {
                CommentTicket request = peer.read(CommentTicket.class);
                second.add(request.operationId());
                answer(peer, request);
              }
            })) {
      assertEquals(new PipelineResult(0, true, null), run(server.settings(), 64, jobs));
      assertEquals(2, server.connections());
      // The answer to the first may be lost with the connection: then it is asked again too.
      assertTrue(first.containsAll(second), first + " " + second);
      assertEquals(numbers(3), told);
    }
  }

  @Test
  void aBusyServerIsAskedAgainAndWhatFollowsOnTheTicketWaits() {
    List<NumberedJob> jobs = comments(2, 1);
    List<CommentTicket> heard = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              for (int i = 0; i < 2; i++) {
                CommentTicket request = peer.read(CommentTicket.class);
                heard.add(request);
                peer.reject(request, RejectionCode.BUSY);
              }
              for (int i = 0; i < 2; i++) {
                CommentTicket request = peer.read(CommentTicket.class);
                heard.add(request);
                answer(peer, request);
              }
            })) {
      run(server.settings(), 64, jobs);
      assertEquals(
          List.of("r0", "r0", "r0", "r1"), heard.stream().map(CommentTicket::requestId).toList());
      assertEquals(
          1, heard.subList(0, 3).stream().map(CommentTicket::operationId).distinct().count());
    }
  }

  @Test
  void aBusyServerIsNotAskedForEver() {
    List<NumberedJob> jobs = comments(2, 2);
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              while (true) {
                peer.reject(RejectionCode.BUSY);
              }
            })) {
      PipelineResult end = run(server.settings(Duration.ofSeconds(1)), 64, jobs);
      assertEquals(List.of("BUSY", "BUSY"), outcomes(jobs));
      assertNull(end.failure(), "there is a server");
    }
  }

  @Test
  void aRefusalIsAResultLikeOthers() {
    List<NumberedJob> jobs = comments(3, 3);
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              peer.reject(RejectionCode.LOCKED);
              answer(peer, peer.read());
              peer.reject(RejectionCode.NOT_FOUND);
            })) {
      PipelineResult end = run(server.settings(), 1, jobs);
      assertEquals(List.of("LOCKED", "TicketCreated", "NOT_FOUND"), outcomes(jobs));
      assertEquals(new PipelineResult(0, true, null), end);
    }
  }

  @Test
  void afterAFailureNoLaterJobIsBegun() {
    List<NumberedJob> jobs = comments(40, 40);
    goesOnAfter = NumberedJob::isDone;
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              List<ClientMessage> asked = new ArrayList<>();
              for (int i = 0; i < 4; i++) {
                asked.add(peer.read());
              }
              peer.reject(asked.get(1), RejectionCode.LOCKED);
              for (int i : new int[] {3, 2, 0}) {
                answer(peer, asked.get(i));
              }
            })) {
      PipelineResult end = run(server.settings(), 4, jobs);
      assertEquals(List.of(0, 1, 2, 3), told, "what was under way came to its end");
      assertEquals(new PipelineResult(36, true, null), end);
    }
  }

  @Test
  void afterAFailureWhatComesBeforeItIsStillDone() {
    List<NumberedJob> jobs =
        List.of(
            new NumberedJob(0, comment(0, 1)),
            new NumberedJob(1, comment(1, 1)),
            new NumberedJob(2, comment(2, 2)),
            new NumberedJob(3, comment(3, 1)));
    goesOnAfter = NumberedJob::isDone;
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              ClientMessage first = peer.read();
              peer.reject(RejectionCode.LOCKED);
              answer(peer, first);
              answer(peer, peer.read());
            })) {
      PipelineResult end = run(server.settings(), 4, jobs);
      assertEquals(List.of("TicketCreated", "TicketCreated", "LOCKED", ""), outcomes(jobs));
      assertEquals(new PipelineResult(1, true, null), end);
    }
  }

  @Test
  void whereNobodyIsThereItEndsAfterTheTimeout() throws IOException {
    List<NumberedJob> jobs = comments(5_000, 5_000);
    ServerAddress nobody;
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      nobody = server.address();
    }
    ClientSettings settings =
        new ClientSettings(List.of(nobody), () -> "secret", Duration.ofSeconds(1));
    long start = System.nanoTime();
    PipelineResult end = run(settings, 8, jobs);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(took.compareTo(Duration.ofSeconds(30)) < 0, took.toString());
    assertEquals(numbers(8), told);
    assertEquals("kind UNREACHABLE", jobs.get(0).outcome);
    // Where the source is held up, the rest is not counted to its end, and so it says.
    assertTrue(end.toTheEnd() ? end.notBegun() == 4_992 : end.notBegun() < 4_992, end::toString);
    assertEquals(
        Kind.UNREACHABLE, assertInstanceOf(ConnectionException.class, end.failure()).kind());
  }

  @Test
  void aServerThatDoesNotAnswerIsLeftAndTheOutcomeUnknown() {
    List<NumberedJob> jobs = comments(2, 2);
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.welcome(5))) {
      PipelineResult end = run(server.settings(Duration.ofSeconds(3)), 8, jobs);
      assertEquals(List.of("kind TIMEOUT", "kind TIMEOUT"), outcomes(jobs));
      assertTrue(server.connections() > 1, "tried another connection");
      assertTrue(end.failure().getMessage().contains("may have happened or not"));
    }
  }

  @Test
  void whoIsNotLetInIsNotAskedAgain() {
    List<NumberedJob> jobs = comments(100, 100);
    try (ScriptedServer server = ScriptedServer.start(peer -> peer.refuse("401 Unauthorized"))) {
      PipelineResult end = run(server.settings(), 8, jobs);
      assertEquals(1, server.connections());
      assertEquals("kind UNAUTHORIZED", jobs.get(0).outcome);
      assertEquals(Kind.UNAUTHORIZED, ((ConnectionException) end.failure()).kind());
      assertEquals(100, end.notBegun() + told.size());
    }
  }

  @Test
  void aNumberThatIsJustBeingMadeIsAskedForAgain() {
    List<NumberedJob> jobs =
        List.of(
            new NumberedJob(0, SampleMessages.create("r0", null)),
            new NumberedJob(1, comment(1, 17)),
            new NumberedJob(2, comment(2, 18)));
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              ClientMessage create = peer.read();
              peer.reject(RejectionCode.NOT_FOUND);
              peer.reject(RejectionCode.NOT_FOUND);
              answer(peer, create);
              answer(peer, peer.read());
              peer.reject(RejectionCode.NOT_FOUND);
            })) {
      run(server.settings(), 8, jobs);
      assertEquals(List.of("TicketCreated", "TicketCreated", "NOT_FOUND"), outcomes(jobs));
    }
  }

  @Test
  void aJobMayAskSeveralTimes() {
    NumberedJob job = new NumberedJob(0, comment(0, 1), comment(0, 1), comment(0, 1));
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              for (int i = 0; i < 3; i++) {
                answer(peer, peer.read());
              }
            })) {
      run(server.settings(), 8, List.of(job));
      assertEquals("TicketCreated TicketCreated TicketCreated", job.outcome);
    }
  }

  @Test
  void whatWasReadBeforeTheSourceFailedIsDone() {
    Iterator<NumberedJob> jobs = comments(2, 2).iterator();
    RuntimeException broken = new IllegalArgumentException("thrown by a test");
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              answer(peer, peer.read());
              answer(peer, peer.read());
            })) {
      PipelineResult end =
          new Pipeline<>(
                  server.settings(),
                  8,
                  () -> {
                    if (jobs.hasNext()) {
                      return jobs.next();
                    }
                    throw broken;
                  },
                  sink)
              .run();
      assertEquals(numbers(2), told);
      assertSame(broken, end.failure());
      assertEquals(0, end.notBegun());
    }
  }

  @Test
  void anEndlessSourceIsReadNoFurtherThanThereIsRoom() throws Exception {
    AtomicInteger made = new AtomicInteger();
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.start(
            peer -> {
              peer.welcome(5);
              peer.read();
              asked.countDown();
            })) {
      JobSource<NumberedJob> endless =
          () -> new NumberedJob(made.get(), comment(made.getAndIncrement(), 1));
      Pipeline<NumberedJob> pipeline =
          new Pipeline<>(server.settings(Duration.ofSeconds(2)), 8, endless, sink);
      CompletableFuture<PipelineResult> run = CompletableFuture.supplyAsync(pipeline::run);
      asked.await();
      await().pollDelay(Duration.ofMillis(300)).until(() -> made.get() > 1_000);
      assertTrue(made.get() <= 1_026, "read " + made.get());
      PipelineResult end = run.get();
      assertEquals(Kind.TIMEOUT, ((ConnectionException) end.failure()).kind());
      assertEquals(List.of(0), told);
      assertFalse(end.toTheEnd(), "there is no end");
      assertTrue(end.notBegun() >= 1_024, "counted " + end.notBegun());
    }
  }

  @Test
  void whatTheSinkThrowsEndsIt() {
    List<NumberedJob> jobs = comments(3, 3);
    goesOnAfter =
        job -> {
          throw new IllegalArgumentException("thrown by a test");
        };
    try (ScriptedServer server =
        ScriptedServer.start(welcoming(5, peer -> answer(peer, peer.read())))) {
      assertThrows(IllegalArgumentException.class, () -> run(server.settings(), 1, jobs));
    }
  }
}

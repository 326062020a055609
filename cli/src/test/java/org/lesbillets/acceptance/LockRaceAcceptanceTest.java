package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.client.PushListener;
import org.lesbillets.cli.client.TicketClient;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.LockTerms;
import org.lesbillets.model.message.ServerMessage.Answer;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.model.message.ServerMessage.Rejected;

/** Two want one lock at the same moment: one gets it, the other hears from whom. */
@Timeout(Patience.SECONDS)
@WithServer
class LockRaceAcceptanceTest {
  private static final int PROCESS_ROUNDS = 3;
  private static final int VERB_ROUNDS = 30;
  private static final int ROUNDS = 1_000;

  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;
  @Agent private static Billets bob;
  private static ExecutorService racers;

  @BeforeAll
  static void start() {
    racers = Executors.newFixedThreadPool(2);
  }

  @AfterAll
  static void end() {
    racers.shutdownNow();
  }

  @Test
  void asProcesses() {
    String ticket = alice.does("create --title wanted").line();
    for (int round = 0; round < PROCESS_ROUNDS; round++) {
      try (Running first = alice.start("lock " + ticket);
          Running second = bob.start("lock " + ticket)) {
        judge(ticket, first.outcome(), second.outcome());
      }
    }
  }

  @Test
  void asVerbs() throws Exception {
    String ticket = alice.does("create --title wanted").line();
    for (int round = 0; round < VERB_ROUNDS; round++) {
      List<ProcessOutcome> both =
          race(() -> alice.does("lock " + ticket), () -> bob.does("lock " + ticket));
      judge(ticket, both.get(0), both.get(1));
    }
  }

  private static void judge(String ticket, ProcessOutcome ofAlice, ProcessOutcome ofBob) {
    boolean aliceWon = ofAlice.exit() == 0;
    ProcessOutcome won = aliceWon ? ofAlice : ofBob;
    ProcessOutcome lost = aliceWon ? ofBob : ofAlice;
    assertTrue(won.line().matches("[0-9]+"), won::toString);
    lost.fails(5, "Ticket " + ticket + " is locked by " + (aliceWon ? "alice" : "bob"));
    (aliceWon ? bob : alice).does("unlock " + ticket).fails(5, "locked by");
    (aliceWon ? alice : bob).does("unlock " + ticket).succeeds();
  }

  @Test
  void aThousandTimes() throws Exception {
    TicketRef ticket = TicketRef.parse(alice.does("create --title wanted").line());
    int byAlice = 0;
    try (TicketClient one = alice.connect(PushListener.NONE);
        TicketClient two = bob.connect(PushListener.NONE)) {
      for (int round = 0; round < ROUNDS; round++) {
        List<Answer> both = race(one, two, ticket, round % 2 == 0);
        boolean aliceWon = both.get(0) instanceof EventMessage;
        byAlice += aliceWon ? 1 : 0;
        Rejected lost = (Rejected) both.get(aliceWon ? 1 : 0);
        EventMessage won = (EventMessage) both.get(aliceWon ? 0 : 1);
        assertEquals(ExitStatus.CONFLICT, ExitStatus.of(lost.code()));
        String sentence = "locked by " + (aliceWon ? "alice" : "bob");
        assertTrue(lost.message().contains(sentence), lost.message());
        assertEquals(won.event().revision(), won.event().event().ticket().lock().token());
        TicketClient winner = aliceWon ? one : two;
        Answer unlocked = winner.ask(unlock(winner, ticket, won.event().revision()));
        assertTrue(unlocked instanceof EventMessage, unlocked::toString);
      }
    }
    assertTrue(byAlice > 0 && byAlice < ROUNDS, "alice won " + byAlice + " times: that is no race");
  }

  /** Whoever comes to the start last goes off first: that is each of them in turn. */
  private static List<Answer> race(
      TicketClient one, TicketClient two, TicketRef ticket, boolean twoIsLast) throws Exception {
    Callable<Answer> first = () -> one.ask(lock(one, ticket));
    Callable<Answer> second = () -> two.ask(lock(two, ticket));
    if (twoIsLast) {
      return race(first, second);
    }
    List<Answer> swapped = race(second, first);
    return List.of(swapped.get(1), swapped.get(0));
  }

  private static ClientMessage lock(TicketClient client, TicketRef ticket) {
    return new ClientMessage.LockTicket(
        client.nextRequestId(), null, ticket, null, LockTerms.DEFAULT, null, null);
  }

  private static ClientMessage unlock(TicketClient client, TicketRef ticket, long token) {
    return new ClientMessage.UnlockTicket(client.nextRequestId(), null, ticket, token, null, null);
  }

  private static <T> List<T> race(Callable<T> one, Callable<T> two) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    Future<T> first = racers.submit(() -> after(start, one));
    Future<T> second = racers.submit(() -> after(start, two));
    return List.of(first.get(60, TimeUnit.SECONDS), second.get(60, TimeUnit.SECONDS));
  }

  private static <T> T after(CyclicBarrier start, Callable<T> work) throws Exception {
    start.await(60, TimeUnit.SECONDS);
    return work.call();
  }
}

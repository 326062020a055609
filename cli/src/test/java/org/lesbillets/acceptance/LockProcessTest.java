package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Locks between real processes: in line, in pools, dying, and frozen. The numbers grow by system
 * properties: lock.processes, claim.processes, claim.tickets, freeze.rounds.
 */
@Timeout(20 * Patience.SECONDS)
class LockProcessTest {
  private static final int PROCESSES = Integer.getInteger("lock.processes", 8);
  private static final int CLAIMERS = Integer.getInteger("claim.processes", 10);
  private static final int POOL = Integer.getInteger("claim.tickets", 40);
  private static final int FREEZES = Integer.getInteger("freeze.rounds", 2);
  private static final List<String> PRIORITIES = List.of("low", "normal", "high", "urgent");

  @TempDir static Path folder;
  private static ServerProcess server;
  private static List<Billets> agents;
  private static Billets alice;

  @BeforeAll
  static void start() {
    server = ServerProcess.start(folder);
    agents = new ArrayList<>();
    for (String name : List.of("alice", "bob", "carol", "dave", "erin")) {
      agents.add(server.newAgent(name));
    }
    alice = agents.get(0);
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private static JsonObject lockOf(String ticket) {
    List<JsonObject> locks = server.owner().does("list number:" + ticket + " -o jsonl").jsonLines();
    return locks.get(0).get("lock").isJsonNull() ? null : locks.get(0).getAsJsonObject("lock");
  }

  @Test
  void sectionsNeverOverlapAndComeInTheOrderOfArrival() throws IOException {
    String ticket = alice.does("create --title queue").line();
    alice.does("lock " + ticket).line();
    Path log = Files.createFile(folder.resolve("sections"));
    List<Running> processes = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    try {
      for (int i = 1; i <= PROCESSES; i++) {
        String section = "echo begin %d >>%s; echo end %d >>%s".formatted(i, log, i, log);
        processes.add(
            agents
                .get(i % agents.size())
                .start("lock " + ticket + " --wait -- sh -c '" + section + "'"));
        expected.addAll(List.of("begin " + i, "end " + i));
        int waiting = i;
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> lockOf(ticket).get("waiting").getAsInt() == waiting);
      }
      assertEquals("", Files.readString(log), "nobody came before their turn");
      alice.does("unlock " + ticket).succeeds();
      for (Running process : processes) {
        process.outcome().exits(0);
      }
      assertEquals(expected, Files.readAllLines(log));
    } finally {
      processes.forEach(Running::close);
    }
  }

  @Test
  void aPoolIsClaimedOnceAndTheUrgentFirst() throws Exception {
    for (int i = 0; i < POOL; i++) {
      alice
          .does("create --title claim --tag pool --priority " + PRIORITIES.get(i * 7 % 4))
          .succeeds();
    }
    ExecutorService claimers = Executors.newFixedThreadPool(CLAIMERS);
    try {
      List<Future<List<String>>> claims = new ArrayList<>();
      for (int i = 0; i < CLAIMERS; i++) {
        Billets agent = agents.get(i % agents.size());
        claims.add(claimers.submit((Callable<List<String>>) () -> claimAll(agent)));
      }
      List<String> claimed = new ArrayList<>();
      for (Future<List<String>> claim : claims) {
        claimed.addAll(claim.get());
      }
      assertEquals(POOL, claimed.size());
      assertEquals(POOL, claimed.stream().distinct().count(), "each ticket once");
    } finally {
      claimers.shutdownNow();
    }
    checkOrder();
  }

  private static List<String> claimAll(Billets agent) {
    List<String> numbers = new ArrayList<>();
    while (true) {
      Outcome claim = agent.does("claim tag:pool");
      if (claim.exit() == 3) {
        return numbers;
      }
      numbers.add(claim.line().split("\t")[0]);
    }
  }

  /** Tokens rise as the claims came. */
  private static void checkOrder() {
    List<JsonObject> tickets = alice.does("list tag:pool -o jsonl").jsonLines();
    List<Integer> urgency =
        tickets.stream()
            .sorted((a, b) -> Long.compare(token(a), token(b)))
            .map(ticket -> PRIORITIES.indexOf(ticket.get("priority").getAsString()))
            .toList();
    List<Integer> sorted = new ArrayList<>(urgency);
    sorted.sort((a, b) -> b - a);
    assertEquals(sorted, urgency);
    for (JsonObject ticket : tickets) {
      assertEquals(
          ticket.get("assignee"), ticket.getAsJsonObject("lock").get("holder"), "both at once");
    }
  }

  private static long token(JsonObject ticket) {
    return ticket.getAsJsonObject("lock").get("token").getAsLong();
  }

  @Test
  void aKilledHolderFreesItsTicketAndEverybodyIsTold() {
    String ticket = alice.does("create --title killed").line();
    try (Running watch = agents.get(1).start("watch number:" + ticket + " --since 0 -o table");
        Running holder = alice.start("lock " + ticket + " --ttl 2s -- sleep 120")) {
      await().atMost(Duration.ofSeconds(30)).until(() -> lockOf(ticket) != null);
      holder.kill();
      await().atMost(Duration.ofSeconds(10)).until(() -> lockOf(ticket) == null);
      await().atMost(Duration.ofSeconds(10)).until(() -> watch.out().contains("expired"));
    }
  }

  @Test
  void whoWasFrozenBeyondItsLeaseCannotWriteUnderIt() throws IOException {
    String ticket = alice.does("create --title frozen").line();
    for (int round = 0; round < FREEZES; round++) {
      try (Running holder = alice.start("lock " + ticket + " --ttl 2s -- sleep 120")) {
        await().atMost(Duration.ofSeconds(30)).until(() -> lockOf(ticket) != null);
        String token = lockOf(ticket).get("token").getAsString();
        signal("-STOP", holder);
        await().atMost(Duration.ofSeconds(20)).until(() -> lockOf(ticket) == null);
        Billets child = alice.with("BILLETS_TICKET", ticket).with("BILLETS_LOCK_TOKEN", token);
        child.does("update " + ticket + " --title stale").fails(6, "ran out of time");
        signal("-CONT", holder);
        Outcome lost = holder.outcome();
        assertEquals(6, lost.exit(), lost::toString);
        lost.says("lock");
      }
    }
    assertTrue(alice.does("show " + ticket + " --field title").line().equals("frozen"));
  }

  private static void signal(String signal, Running process) {
    Running.run(folder, Map.of(), List.of("kill", signal, Long.toString(process.pid()))).exits(0);
  }
}

package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.cli.client.StallingProxy;

/**
 * Processes that want one lock, or draw from one pool; holders that die or freeze. {@code
 * scripts/soak processes} does the same with a hundred of them.
 */
@Timeout(Patience.SECONDS)
@WithServer
class LockLineTest {
  private static final int LINE = 10;
  private static final int POOL = 30;
  private static final int ROUNDS = 2;

  @TempDir static Path folder;
  private static ServerProcess server;
  private static List<Billets> agents;

  private Billets alice;
  private String ticket;

  @BeforeAll
  static void start() {
    agents = List.of("alice", "bob", "carol").stream().map(server::newAgent).toList();
  }

  @BeforeEach
  void create() {
    alice = agents.get(0);
    ticket = alice.does("create --title wanted --tag line").line();
  }

  private JsonElement lock() {
    return alice.does("show " + ticket + " -o json").json().get("lock");
  }

  private boolean isFree() {
    return lock().isJsonNull();
  }

  private void awaitUntil(String what, Callable<Boolean> condition) {
    await(what).pollInterval(Duration.ofMillis(30)).until(condition);
  }

  /** A program that is run under a lock. */
  private static Path script(String text) throws IOException {
    Path script = Files.createTempFile(folder, "script", ".sh");
    return Files.writeString(script, "set -eu\n" + text);
  }

  @Test
  void aLineOfProcessesTakesItsTurnsInTheOrderItCame() throws Exception {
    Path section =
        script(
            """
            mkdir %1$s/busy.$2 || echo "$1" >>%1$s/overlap
            echo "$1" >>%1$s/order
            sleep 0.05
            rmdir %1$s/busy.$2
            """
                .formatted(folder));
    alice.does("lock " + ticket).succeeds().line();
    List<Running> line = new ArrayList<>();
    for (int i = 0; i < LINE; i++) {
      Billets agent = agents.get(i % agents.size());
      line.add(agent.start("lock %s --wait -- sh %s %d %s".formatted(ticket, section, i, ticket)));
      int waiting = i + 1;
      awaitUntil(
          "a line of " + waiting,
          () -> lock().getAsJsonObject().get("waiting").getAsInt() == waiting);
    }
    alice.does("unlock " + ticket).succeeds();
    for (Running running : line) {
      running.outcome().exits(0);
    }
    assertFalse(Files.exists(folder.resolve("overlap")), "two at a time");
    List<String> order = Files.readAllLines(folder.resolve("order"));
    assertEquals(List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), order);
    assertTrue(isFree());
  }

  @Test
  void whoDrawsFromAPoolGetsEachTicketOnceTheUrgentOnesFirst() throws Exception {
    List<String> priorities = List.of("low", "normal", "high", "urgent");
    List<String> pool = new ArrayList<>();
    for (int i = 0; i < POOL; i++) {
      String create = "create --title drawn --tag pool --priority " + priorities.get(i * 7 % 4);
      pool.add(alice.does(create).line());
    }
    ExecutorService drawers = Executors.newFixedThreadPool(5);
    List<JsonObject> drawn = new ArrayList<>();
    try {
      List<Future<List<JsonObject>>> all = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        Billets agent = agents.get(i % agents.size());
        all.add(drawers.submit(() -> drawAll(agent)));
      }
      for (Future<List<JsonObject>> some : all) {
        drawn.addAll(some.get(Patience.SECONDS, TimeUnit.SECONDS));
      }
    } finally {
      drawers.shutdownNow();
    }
    drawn.sort(Comparator.comparingLong(LockLineTest::token));
    assertEquals(
        pool.stream().sorted().toList(),
        drawn.stream().map(claim -> claim.get("number").getAsString()).sorted().toList());
    List<Integer> urgency =
        drawn.stream()
            .map(claim -> alice.does("show " + claim.get("number") + " --field priority").line())
            .map(priorities::indexOf)
            .toList();
    assertEquals(urgency.stream().sorted(Comparator.reverseOrder()).toList(), urgency);
  }

  private static long token(JsonObject claim) {
    return claim.getAsJsonObject("lock").get("token").getAsLong();
  }

  private static List<JsonObject> drawAll(Billets agent) {
    List<JsonObject> claims = new ArrayList<>();
    while (true) {
      ProcessOutcome claim = agent.does("claim tag:pool -o json");
      if (claim.exit() == 3) {
        return claims;
      }
      claims.add(claim.exits(0).json());
    }
  }

  @Test
  void aHolderThatWasKilledHoldsItForTheRestOfItsLeaseAndEverybodyIsTold() throws Exception {
    Path began = folder.resolve("began");
    // From here on, however long it takes to start.
    String since = alice.does("show " + ticket + " -o json").json().get("revision").getAsString();
    try (Running watch = agents.get(1).start("watch tag:line --within 2m --since " + since)) {
      Path command = script(": >%s\nexec sleep 60\n".formatted(began));
      Running holder = alice.start("lock " + ticket + " --ttl 3s -- sh " + command);
      awaitUntil("a command", () -> Files.exists(began));
      List<ProcessHandle> children =
          ProcessHandle.of(holder.pid()).orElseThrow().children().toList();
      holder.kill();
      children.forEach(ProcessHandle::destroyForcibly);
      alice.does("wait " + ticket + " --for unlocked --within 60s").exits(0);
      awaitUntil("an event", () -> watch.out().contains("\"reason\":\"expired\""));
    }
  }

  @Test
  void aHolderThatWasFrozenLongerThanItsLeaseIsRefused() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Path ran = folder.resolve("ran" + round);
      Path go = folder.resolve("go" + round);
      Path code = folder.resolve("code" + round);
      String billets = String.join(" ", Distribution.billetsFromClasses("update", ticket));
      Path late =
          script(
              """
              : >%s
              until [ -e %s ]; do sleep 0.05; done
              status=0
              %s --title late || status=$?
              echo $status >%s
              exec sleep 60
              """
                  .formatted(ran, go, billets, code));
      try (Running holder = alice.start("lock %s --ttl 3s -- sh %s".formatted(ticket, late))) {
        awaitUntil("a command", () -> Files.exists(ran));
        signal("STOP", holder);
        awaitUntil("the lease's end", this::isFree);
        Files.createFile(go);
        awaitUntil("a refusal", () -> Files.exists(code) && Files.size(code) > 0);
        assertEquals("6", Files.readString(code).strip(), holder.err());
        signal("CONT", holder);
        holder.outcome().exits(6);
      }
      assertEquals("wanted", alice.does("show " + ticket + " --field title").line());
    }
  }

  /** Bob's connection is half-open when the lock becomes free: carol, behind him, gets it. */
  @Test
  void aLockDoesNotGoToWhomNothingReaches() throws Exception {
    Billets bob = agents.get(1);
    alice.does("lock " + ticket).succeeds();
    try (StallingProxy proxy = StallingProxy.to(server.port());
        Running silent =
            bob.with("BILLETS_SERVER", "ws://127.0.0.1:" + proxy.port())
                .start("lock " + ticket + " --wait")) {
      awaitUntil("bob in line", () -> isWaiting(1));
      Running next = agents.get(2).start("lock " + ticket + " --wait");
      awaitUntil("carol in line", () -> isWaiting(2));
      proxy.stall();
      await().pollDelay(Duration.ofMillis(2_200)).until(() -> true);
      alice.does("unlock " + ticket).succeeds();
      next.outcome().exits(0);
      assertEquals("carol", lock().getAsJsonObject().get("holder").getAsString());
      assertTrue(isWaiting(1), "bob keeps his place");
      proxy.forward();
      agents.get(2).does("unlock " + ticket).succeeds();
      silent.outcome().exits(0);
      assertEquals("bob", lock().getAsJsonObject().get("holder").getAsString());
    }
  }

  private boolean isWaiting(int count) {
    return lock().getAsJsonObject().get("waiting").getAsInt() == count;
  }

  private static void signal(String name, Running process) {
    Running.run(
            folder, agents.get(0).environment(), List.of("kill", "-" + name, "" + process.pid()))
        .exits(0);
  }
}

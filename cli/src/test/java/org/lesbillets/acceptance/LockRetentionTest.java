package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.cli.client.StallingProxy;

/** Locks that programs keep, while the server is killed or somebody takes them. */
@Timeout(Patience.SECONDS)
@WithServer
class LockRetentionTest {
  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;
  @Agent private static Billets bob;

  @TempDir Path scratch;
  private String ticket;
  private Path started;
  private Path go;

  @BeforeAll
  static void start() {
    alice = alice.with("XDG_STATE_HOME", folder.resolve("alice").toString());
  }

  @BeforeEach
  void create() {
    ticket = alice.does("create --title wanted").line();
    started = scratch.resolve("started");
    go = scratch.resolve("go");
  }

  private static void awaitUntil(String what, Callable<Boolean> condition) {
    await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(30)).until(condition);
  }

  /** Says that it has started, and does {@code then} when it may go on. */
  private Path script(String name, String then) throws IOException {
    String wait = ": >%s\nuntil [ -e %s ]; do sleep 0.05; done\n".formatted(started, go);
    return Files.writeString(scratch.resolve(name), "set -eu\n" + wait + then);
  }

  private boolean isStarted() {
    return Files.exists(started);
  }

  /** Alice begins to edit the ticket; her editor retitles it when it may go on. */
  private Running editing(String options) throws IOException {
    Path editor = script("editor.sh", "sed -i 's/^title: .*/title: edited/' \"$1\"\n");
    Running edit = alice.with("EDITOR", "sh " + editor).start("edit " + ticket + options);
    awaitUntil("an editor", this::isStarted);
    return edit;
  }

  private String field(String name) {
    return alice.does("show " + ticket + " --field " + name).line();
  }

  private boolean isSomebodyInLine() {
    return alice.does("show " + ticket + " -o jsonl").out().contains("\"waiting\":1");
  }

  private boolean isDraftKept() throws IOException {
    Path drafts = folder.resolve("alice").resolve("billets").resolve("drafts");
    try (Stream<Path> files = Files.list(drafts)) {
      return files.anyMatch(file -> file.getFileName().toString().startsWith(ticket + "-"));
    }
  }

  private static void killAndRestart() {
    server.killHard();
    server.restart();
  }

  @Test
  void aServerThatIsBackInTimeCostsNeitherHolderNorWaiterAnything() throws Exception {
    String update = String.join(" ", Distribution.billetsFromClasses("update", ticket));
    Path work = script("work.sh", update + " --title worked\n");
    try (Running holder = alice.start("lock " + ticket + " --ttl 1m -- sh " + work)) {
      awaitUntil("a command", this::isStarted);
      Running waiter = bob.start("lock " + ticket + " --wait");
      awaitUntil("somebody in line", this::isSomebodyInLine);
      killAndRestart();
      awaitUntil("somebody back in line", this::isSomebodyInLine);
      Files.createFile(go);
      holder.outcome().exits(0);
      assertEquals("worked", field("title"));
      ProcessOutcome waited =
          waiter.outcome().exits(0).says("the connection was lost", "back in line");
      assertEquals(field("lock.token"), waited.out().strip());
    }
  }

  /** It ends no lease either, and gives none to another before it has started again. */
  @Test
  void aServerThatTakesNoChangesForLongerThanTheLeaseKeepsItAsLongAsItAnswers() throws Exception {
    Path work = script("work.sh", "");
    Path journal = server.data().resolve("journal.db");
    Path aside = server.data().resolve("journal.aside");
    try (Running holder = alice.start("lock " + ticket + " --ttl 2s -- sh " + work)) {
      awaitUntil("a command", this::isStarted);
      Files.move(journal, aside);
      awaitUntil(
          "a server that takes no changes",
          () -> bob.does("comment " + ticket + " x").err().contains("takes no changes"));
      long since = System.nanoTime();
      awaitUntil("more than the lease", () -> System.nanoTime() - since > 4_500_000_000L);
      assertTrue(holder.isAlive(), holder::err);
      server.killHard();
      holder.outcome().exits(6).says("in time");
    } finally {
      server.killHard();
      Files.move(aside, journal);
      server.restart();
    }
  }

  @Test
  void aServerThatStaysAwayForLongerThanTheLeaseEndsTheCommand() throws Exception {
    Path work = script("work.sh", "");
    try (Running holder = alice.start("lock " + ticket + " --ttl 3s -- sh " + work)) {
      awaitUntil("a command", this::isStarted);
      server.killHard();
      ProcessOutcome ended = holder.outcome();
      server.restart();
      ended.exits(6).says("the lock on #" + ticket + " is lost, so sh is stopped: ", "in time");
    }
  }

  private void pause(Running holder, boolean withServer, Runnable meanwhile) {
    List<Long> pids = withServer ? List.of(server.pid(), holder.pid()) : List.of(holder.pid());
    signal("STOP", pids);
    meanwhile.run();
    await().pollDelay(Duration.ofSeconds(7)).atMost(Duration.ofSeconds(20)).until(() -> true);
    signal("CONT", pids);
  }

  /** All at once: on a busy machine a process takes so long to start that a lease may end. */
  private static void signal(String name, List<Long> pids) {
    List<String> command = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> command.add(pid.toString()));
    Running.run(folder, Map.of(), command).exits(0);
  }

  /** As when a machine with both of them stood still, and the network has forgotten them. */
  @Test
  void aPauseOfAllLongerThanTheLeaseLosesNothing() throws Exception {
    Path work = script("work.sh", "");
    try (StallingProxy proxy = StallingProxy.to(server.port());
        Running holder =
            alice
                .with("BILLETS_SERVER", proxy.address().toString())
                .start("lock " + ticket + " --ttl 5s -- sh " + work)) {
      awaitUntil("a command", this::isStarted);
      pause(holder, true, proxy::reset);
      await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(30)).until(holder::isAlive);
      Files.createFile(go);
      holder.outcome().exits(0);
    }
  }

  /** The server is asked, and knows better than this process's clock what became of the lock. */
  @Test
  void aPauseOfTheHolderLosesTheLockByTheServersWord() throws Exception {
    Path work = script("work.sh", "");
    try (StallingProxy proxy = StallingProxy.to(server.port());
        Running holder =
            alice
                .with("BILLETS_SERVER", proxy.address().toString())
                .start("lock " + ticket + " --ttl 5s -- sh " + work)) {
      awaitUntil("a command", this::isStarted);
      pause(holder, false, proxy::reset);
      ProcessOutcome ended = holder.outcome().exits(6);
      assertFalse(ended.err().contains("in time"), ended::toString);
    }
  }

  @Test
  void anEditOutlastsAServerThatIsKilled() throws Exception {
    try (Running edit = editing("")) {
      assertEquals("edit", field("lock.client"));
      killAndRestart();
      Files.createFile(go);
      edit.outcome().exits(0);
    }
    assertEquals("edited", field("title"));
    assertFalse(alice.does("locks -o id").lines().contains(ticket), "it was released");
    assertFalse(isDraftKept());
  }

  @Test
  void anEditWhoseLockIsTakenKeepsItsDraft() throws Exception {
    String recover = "edit " + ticket + " --recover";
    try (Running edit = editing("")) {
      bob.does("lock " + ticket + " --steal --reason 'customer calls'").exits(0);
      bob.does("update " + ticket + " --priority urgent").prints();
      Files.createFile(go);
      edit.outcome().exits(6).says("taken over by bob (customer calls)", recover);
    }
    assertEquals("wanted", field("title"));
    Billets again = alice.with("EDITOR", "touch");
    again.does(recover).exits(5).says("locked by bob");
    assertTrue(isDraftKept());
    bob.does("unlock " + ticket).prints();
    again.does(recover).exits(0);
    assertEquals("edited", field("title"));
    assertEquals("urgent", field("priority"), "bob's change stays");
    assertFalse(isDraftKept());
  }

  @Test
  void anEditWhoseServerIsAwayKeepsItsDraft() throws Exception {
    try (Running edit = editing(" --timeout 5s")) {
      server.killHard();
      Files.createFile(go);
      ProcessOutcome ended = edit.outcome();
      server.restart();
      ended.exits(8).says("cannot be reached", "The draft is kept: ");
    }
    assertTrue(isDraftKept());
  }
}

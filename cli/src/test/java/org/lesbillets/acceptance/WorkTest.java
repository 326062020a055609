package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;

/**
 * Workers of a queue: {@code billets work}, with commands that succeed, fail, hang and are lost.
 */
@Timeout(Patience.SECONDS)
@WithServer
class WorkTest {
  @TempDir static Path data;
  @TempDir Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  private static String create(String tag) {
    return alice.does("create --title wanted --tag " + tag).line();
  }

  private static JsonObject shown(String number) {
    return JsonParser.parseString(alice.does("show " + number + " -o json").exits(0).out())
        .getAsJsonObject();
  }

  private static JsonObject ticket(String number) {
    JsonObject shown = shown(number);
    return shown.has("ticket") ? shown.getAsJsonObject("ticket") : shown;
  }

  @Test
  void eachTicketIsDoneOnceAndOneThatFailsIsTriedAgainLater() throws IOException {
    List<String> good = IntStream.range(0, 4).mapToObj(i -> create("queue")).toList();
    String bad = create("queue");
    Path log = folder.resolve("log");
    String script =
        "echo $BILLETS_TICKET >>%s; echo trying >&2; test $BILLETS_TICKET != %s"
            .formatted(log, bad);
    Path program = program(script);
    ProcessOutcome work =
        alice.does(
            "work tag:queue --jobs 2 --until-empty --max-attempts 2 --backoff 10ms"
                + " --on-success close -- "
                + program);
    work.exits(0);
    assertEquals(
        Stream.concat(good.stream(), Stream.of(bad, bad)).sorted().toList(),
        Files.readAllLines(log).stream().sorted().toList());
    for (String number : good) {
      assertEquals("closed", ticket(number).get("status").getAsString());
      assertTrue(work.err().contains("#" + number + ", attempt 1: done, and closed"), work.err());
    }
    JsonObject failed = ticket(bad);
    assertEquals(2, failed.get("attempts").getAsInt());
    assertTrue(failed.get("assignee").isJsonNull());
    assertEquals(2, failed.get("commentCount").getAsInt());
    String again = "#%s, attempt 2: failed with 1, and given back, asleep for 20ms".formatted(bad);
    assertTrue(work.err().contains(again), work.err());
    assertTrue(alice.does("show " + bad).out().contains("trying"));
  }

  private Path program(String script) throws IOException {
    Path program = folder.resolve("program");
    Files.writeString(program, "#!/bin/sh\n" + script + "\n");
    assertTrue(program.toFile().setExecutable(true));
    return program;
  }

  @Test
  void aCommandThatIsNotThereStopsTheWorkAndCostsNoAttempt() throws IOException {
    String number = create("missing");
    String work = "work tag:missing -- ";
    alice.does(work + folder.resolve("nowhere")).exits(127).says("no such program");
    Path program = program("exit 0");
    assertTrue(program.toFile().setExecutable(false));
    alice.does(work + program).exits(126).says("may not execute it");
    for (String line : List.of("#!/nowhere/at/all -x", "#! /usr/bin/env nowhere-at-all")) {
      Files.writeString(program("exit 0"), line + "\nexit 0\n");
      alice.does(work + program).exits(127).says("its first line names '", "nowhere");
    }
    // These go in the middle of an attempt.
    alice.does(work + program("rm $0; exit 127")).exits(127).says("given back without an attempt");
    alice.does(work + program("chmod 644 $0; exit 126")).exits(126).says("no more tickets");
    assertEquals(0, ticket(number).get("attempts").getAsInt());
    assertTrue(ticket(number).get("assignee").isJsonNull());
    alice.does("work tag:missing").exits(2);
    alice.does("work tag:missing --jobs 65 -- true").exits(2);
    alice.does("work tag:missing --max-attempts 0 -- true").exits(2);
  }

  /** Something it calls may be missing for one ticket only. */
  @Test
  void aCommandThatIsThereAndEndsWithSuchACodeHasFailed() throws IOException {
    String number = create("shell");
    ProcessOutcome work =
        alice.does(
            "work tag:shell --until-empty --max-attempts 2 --backoff 10ms -- "
                + program("exec /nowhere/at/all"));
    work.exits(0).says("attempt 1: failed with 127", "attempt 2: failed with 127");
    assertEquals(2, ticket(number).get("attempts").getAsInt());
  }

  @Test
  void theFirstSignalSettlesAndTheSecondEndsTheCommand() throws IOException {
    String first = create("signal");
    Path begun = folder.resolve("begun");
    Path go = folder.resolve("go");
    Path program = program("touch %s; until [ -e %s ]; do sleep 0.05; done".formatted(begun, go));
    Running worker = alice.start("work tag:signal -- " + program);
    Patience.until("a command that runs", () -> Files.exists(begun));
    worker.terminate();
    String second = create("signal");
    Files.createFile(go);
    worker.outcome().exits(143);
    assertEquals("alice", ticket(first).get("assignee").getAsString());
    assertTrue(ticket(second).get("assignee").isJsonNull(), "no more is claimed");

    Files.delete(go);
    Files.delete(begun);
    Running other = alice.start("work tag:signal -- " + program);
    Patience.until("a command that runs", () -> Files.exists(begun));
    other.terminate();
    Patience.until("its end by a second signal", () -> endedBy(other));
    other.outcome().exits(143);
    assertEquals(0, ticket(second).get("attempts").getAsInt());
    assertTrue(ticket(second).get("assignee").isJsonNull());
  }

  private static boolean endedBy(Running worker) {
    worker.terminate();
    return !worker.isAlive();
  }

  @Test
  void aKilledWorkerEndsItsCommandAndOneWithoutATicketWaitsForIt() throws IOException {
    Path begun = folder.resolve("begun");
    Path program = program("echo $$ >%s; exec sleep 60".formatted(begun));
    Running worker = alice.start("work tag:killed -- " + program);
    create("killed");
    Patience.until("a command that runs", () -> Files.exists(begun) && !read(begun).isBlank());
    long pid = Long.parseLong(read(begun).trim());
    worker.kill();
    Patience.until(
        "the end of the command",
        () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    assertFalse(worker.isAlive());
  }

  /** Also the outcome of a command that ends while the server is away. */
  @Test
  void aServerThatIsKilledAndBackLosesNothing() throws IOException {
    Path begun = folder.resolve("begun");
    Path go = folder.resolve("go");
    Path program = program("touch %s; until [ -e %s ]; do sleep 0.05; done".formatted(begun, go));
    Running worker = alice.start("work tag:away --on-success close -- " + program);
    String first = create("away");
    Patience.until("a command that runs", () -> Files.exists(begun));
    server.killHard();
    Files.createFile(go);
    server.restart();
    alice.does("wait " + first + " --for closed --within 60s").exits(0);
    String second = create("away");
    alice.does("wait " + second + " --for closed --within 60s").exits(0);
    worker.terminate();
    worker.outcome().exits(143);
    assertEquals(0, ticket(first).get("attempts").getAsInt());
  }

  private static long sessionsOf(String agent, Billets admin) {
    String all = admin.does("admin sessions -o jsonl").exits(0).out();
    return all.lines().filter(line -> line.contains("\"agent\":\"" + agent + '"')).count();
  }

  /** Commands under their leases, and waits; also when it was lost, or one of the locks. */
  @Test
  void allJobsShareOneConnection() throws IOException {
    Path log = folder.resolve("log");
    Path go = folder.resolve("go");
    Path program =
        program(
            "echo $BILLETS_TICKET >>%s; until [ -e %s ]; do sleep 0.05; done".formatted(log, go));
    Billets walter = server.newAgent("walter");
    Billets ada = server.newAgent("ada", "admin");
    Running worker = walter.start("work tag:one --jobs 3 --on-success close -- " + program);
    String first = create("one");
    String second = create("one");
    Patience.until("two commands", () -> read(log).lines().count() == 2);
    assertEquals(1, sessionsOf("walter", ada));
    alice.does("unlock " + first + " --force --reason mine").exits(0);
    Patience.until("its claim by the third job", () -> read(log).lines().count() == 3);
    Patience.until(
        "the end of one", () -> worker.err().contains("#" + first + ", attempt 1: lost"));
    server.killHard();
    server.restart();
    Patience.until("its return", () -> worker.err().contains("again") || !worker.isAlive());
    Patience.until("one connection", () -> sessionsOf("walter", ada) == 1);
    Files.createFile(go);
    for (String number : List.of(first, second)) {
      alice.does("wait " + number + " --for closed --within 60s").exits(0);
    }
    worker.terminate();
    worker.outcome().exits(143);
    assertEquals(List.of(first, first, second), read(log).lines().sorted().toList());
    assertEquals(1, worker.err().split("connection was lost", -1).length - 1, worker::err);
  }

  /** Neither the outcome of a command, nor a job that waits in line; nor is one held up by it. */
  @Test
  void aServerThatTakesNoChangesForAWhileLosesNothing() throws IOException {
    Path log = folder.resolve("log");
    Path go = folder.resolve("go");
    Path program =
        program(
            "echo $BILLETS_TICKET >>%s; until [ -e %s ]; do sleep 0.05; done".formatted(log, go));
    Running worker = alice.start("work tag:poisoned --jobs 2 --on-success close -- " + program);
    String first = create("poisoned");
    Patience.until("a command that runs", () -> Files.exists(log));
    List<Running> ended = ended(go);
    String other = create("other");
    Path journal = server.data().resolve("journal.db");
    Path aside = server.data().resolve("journal.aside");
    Files.move(journal, aside);
    try {
      Patience.until(
          "a server that takes no changes",
          () -> alice.does("comment " + other + " x").err().contains("takes no changes"));
      Files.createFile(go);
      for (String until : List.of("while the lease lasts", "until it does")) {
        Patience.until(
            "a worker that says so",
            () -> worker.err().contains("(trying again " + until) || !worker.isAlive());
        assertTrue(worker.isAlive(), worker::err);
      }
      endBySignals(ended.get(0)).says("attempt 1: done, but that is not recorded");
      endBySignals(ended.get(1)).says("attempt 1: failed with 1, and not given back");
      Running late = alice.start("work tag:poisoned -- " + program);
      Patience.until(
          "one that begins only now",
          () -> late.err().contains("(trying again until it does)") || !late.isAlive());
      late.terminate();
      late.outcome().exits(143);
    } finally {
      server.killHard();
      Files.move(aside, journal);
      server.restart();
    }
    alice.does("wait " + first + " --for closed --within 60s").exits(0);
    String second = create("poisoned");
    alice.does("wait " + second + " --for closed --within 60s").exits(0);
    worker.terminate();
    worker.outcome().exits(143);
    assertEquals(List.of(first, second), Files.readAllLines(log), "each is done once");
  }

  /** Workers whose commands run until there is such a file, and do and fail. */
  private List<Running> ended(Path go) {
    List<Running> workers = new ArrayList<>();
    for (int code = 0; code < 2; code++) {
      Path begun = folder.resolve("begun" + code);
      String script = "echo >%s; until [ -e %s ]; do sleep 0.05; done; exit %d";
      String tag = "ended" + code;
      create(tag);
      String words = "work tag:" + tag + " -- sh -c '" + script.formatted(begun, go, code) + "'";
      workers.add(alice.start(words));
      Patience.until("a command that runs", () -> Files.exists(begun));
    }
    return workers;
  }

  private static ProcessOutcome endBySignals(Running worker) {
    Patience.until("its outcome", () -> worker.err().contains("while the lease lasts"));
    Patience.until("its end by a second signal", () -> endedBy(worker));
    return worker.outcome().exits(143);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }
}

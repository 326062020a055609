package org.lesbillets.cli.command.lock;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.BilletsRun;
import org.lesbillets.cli.ExitStatus;
import org.lesbillets.cli.SampleTickets;
import org.lesbillets.cli.client.lock.LeaseKeeper;
import org.lesbillets.cli.client.lock.LockLostReason;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.message.ClientMessage;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;
import org.lesbillets.process.ChildProcesses;

/** Real commands under a lock that a scripted desk grants and takes away. */
final class LockedCommandRunnerTest {
  private static final AgentName BOB = new AgentName("bob");

  @TempDir Path folder;

  private static BilletsRun.Result shell(ScriptedTicketService desk, String verb, String script) {
    List<String> line = new ArrayList<>(List.of(verb.split(" ")));
    line.addAll(List.of("--", "sh", "-c", script));
    return BilletsRun.at(desk).run(line.toArray(String[]::new));
  }

  @ParameterizedTest
  @CsvSource({
    "true, 0",
    "exit 3, 3",
    "exit 6, 6",
    "exit 255, 255",
    "kill -TERM $$, 143",
    "kill -KILL $$, 137",
    "kill -INT $$, 130",
    "kill -HUP $$, 129",
    "no-such-command 2>&-, 127"
  })
  void itsCodeIsPassedOn(String script, int code) {
    String shell = String.join(" ", ChildProcesses.listening(List.of("sh")));
    passesOn("lock 17", "exec " + shell + " -c '" + script + "'", code);
  }

  private static void passesOn(String verb, String script, int code) {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = shell(desk, verb, script);
    assertEquals(code, result.code(), verb);
    assertEquals("", result.out());
    assertEquals("", result.err());
    String end = verb.startsWith("claim") && code != 0 ? "failed" : "released";
    assertEquals(List.of("kept 17/91", end), desk.lease, verb);
    assertTrue(desk.closed);
  }

  @ParameterizedTest
  @CsvSource({"true, 0", "exit 1, 1", "kill -KILL $$, 137"})
  void aClaimComesBackWhenTheCommandFails(String script, int code) {
    passesOn("claim", script, code);
    ScriptedTicketService desk = SampleTickets.obliging();
    shell(desk, "claim", script);
    assertTrue(((ClientMessage.ClaimTicket) desk.asked.get(0)).returns());
  }

  private Path script(String name, String interpreter) throws IOException {
    Path script = Files.writeString(folder.resolve(name), "#!" + interpreter + "\n");
    assertTrue(script.toFile().setExecutable(true));
    return script;
  }

  @Test
  void aClaimWhoseCommandCannotBeStartedIsNotCounted() throws IOException {
    Path odd = script("odd", script("interpreter", "/no/such/interpreter").toString());
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).run("claim", "-E", "9", "--", odd.toString());
    assertEquals(9, result.code(), "it was not the command that ended so");
    assertEquals(List.of("kept 17/91", "untried"), desk.lease);
  }

  @Test
  void aFinishedClaimIsReleasedOverAnotherConnectionWhereTheFirstOneFails() {
    ScriptedTicketService desk = SampleTickets.obliging().notReleasing();
    assertEquals(0, shell(desk, "claim", "true").code());
    ClientMessage.UnlockTicket unlock = (ClientMessage.UnlockTicket) desk.asked.get(1);
    assertEquals(91, unlock.token());
    assertNull(unlock.giveBack());
    ScriptedTicketService other = SampleTickets.obliging().notReleasing();
    BilletsRun.Result failed = shell(other, "claim", "exit 3");
    assertEquals(3, failed.code());
    assertEquals(1, other.asked.size(), "it comes back by itself");
    assertEquals(
        "billets: the server did not answer that the claim of #17 is given back: if it is not, it"
            + " goes back to the pool in 15m\n",
        failed.err());
  }

  private static EventMessage refusing(
      ClientMessage.Change change, AtomicInteger left, RejectionCode code) {
    if (change instanceof ClientMessage.UnlockTicket && left.getAndDecrement() > 0) {
      throw ScriptedTicketService.refusal(code, "not now");
    }
    return SampleTickets.done(change);
  }

  /** Left to expire, what is done would be done again. */
  @ParameterizedTest
  @CsvSource({"READ_ONLY, 2, 3", "UNCERTAIN, 1, 2", "STALE_TOKEN, 9, 1", "FORBIDDEN, 9, 1"})
  void aFinishedClaimIsReleasedAgainWhileThatMayHelp(RejectionCode code, int times, int attempts) {
    AtomicInteger left = new AtomicInteger(times);
    ScriptedTicketService desk =
        SampleTickets.obliging().notReleasing().changing(change -> refusing(change, left, code));
    BilletsRun.Result result = shell(desk, "claim", "true");
    assertEquals(0, result.code());
    List<UUID> releases =
        desk.asked.stream()
            .skip(1)
            .map(asked -> ((ClientMessage.UnlockTicket) asked).operationId())
            .toList();
    assertEquals(attempts, releases.size());
    assertEquals(1, releases.stream().distinct().count(), "they are one operation");
    assertEquals(
        code == RejectionCode.FORBIDDEN,
        result.err().contains("could not be released"),
        code::name);
  }

  @Test
  void aLockThatWasNotReleasedIsToldAndTheCodeStays() {
    BilletsRun.Result result = shell(SampleTickets.obliging().notReleasing(), "lock 17", "exit 3");
    assertEquals(3, result.code());
    assertEquals(
        "billets: the server did not answer that the lock on #17 is released: if it is not, it"
            + " ends by itself in 15m\n",
        result.err());
  }

  @ParameterizedTest
  @CsvSource({
    "lock 404 -E 99                    , touch no   , 99",
    "claim -E 99 tag:none              , touch no   , 99",
    "claim -E99 tag:none               , touch no   , 99",
    "claim -E=255 tag:none             , touch no   , 255",
    "lock 17 -E 99                     , exit 5     , 5",
    "claim -E 99                       , exit 3     , 3",
    "claim -E 99                       , true       , 0",
    "claim -E 99                       , kill -9 $$ , 137",
    "lock 17 -E 99 --token 91          , touch no   , 99",
    "lock 17 -E 99 --ttl soon          , touch no   , 99",
    "lock 17 --nonsense -E 99          , touch no   , 99",
    "lock --ttl soon -E 7 17           , touch no   , 7",
    "--server http://x lock 17 -E 99   , touch no   , 99",
  })
  void ownEndsHaveTheCodeThatWasAskedFor(String verb, String script, int code) {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = shell(desk, verb, script);
    assertEquals(code, result.code(), result.err());
    assertEquals(script.startsWith("touch"), !result.err().isEmpty(), "the sentence stays");
    assertFalse(Files.exists(Path.of("no")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          claim -E 0      | '0' is no code to fail with: use 1 to 255
          claim -E 256    | '256' is no code to fail with: use 1 to 255
          claim -E ten    | 'ten' is no code to fail with: use 1 to 255
          claim -E -1     | '-1' is no code to fail with: use 1 to 255
          claim -E=       | '' is no code to fail with: use 1 to 255
          lock 17 -E 1000 | '1000' is no code to fail with: use 1 to 255
          lock 17 -E      | '-E'
          list -E 9       | there is no option '-E' of list
          unlock 17 -E 9  | there is no option '-E' of unlock
          """)
  void aCodeNobodyCanFailWithIsRefused(String verb, String sentence) {
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).run(verb.split(" "));
    assertEquals(2, result.code(), result.err());
    assertTrue(result.err().contains(sentence), result.err());
    assertEquals(List.of(), desk.asked);
  }

  @Test
  void ownEndsWithoutACommandHaveItToo() {
    assertEquals(
        9, BilletsRun.at(SampleTickets.obliging()).run("claim", "tag:none", "-E", "9").code());
    assertEquals(0, BilletsRun.at(SampleTickets.obliging()).run("claim", "-E", "9").code());
    assertEquals(9, BilletsRun.at(SampleTickets.obliging()).run("lock", "404", "-E", "9").code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock 17 --wait=5m", "claim tag:x", "-o json lock 17", "claim"})
  void everyWayToALockCanRunACommand(String verb) {
    passesOn(verb, "exit 41", 41);
  }

  @Test
  void theCommandKnowsItsLock() throws IOException {
    Path seen = folder.resolve("seen");
    BilletsRun.Result result =
        BilletsRun.at(SampleTickets.obliging())
            .run(
                "--server",
                "localhost:7421,example.org",
                "lock",
                "17",
                "--",
                "sh",
                "-c",
                "echo $BILLETS_TICKET $BILLETS_LOCK_TOKEN $BILLETS_SERVER \"$1\" >\"$0\"",
                seen.toString(),
                "a  b");
    assertEquals(0, result.code(), result.err());
    assertEquals(
        "17 91 ws://localhost:7421/tickets,ws://example.org:7420/tickets a  b\n",
        Files.readString(seen));
  }

  private Path plainFile() throws IOException {
    return Files.writeString(folder.resolve("plain"), "echo no\n");
  }

  @Test
  void whatCannotBeRunTakesNoLock() throws IOException {
    record Expected(String program, int code) {}
    for (Expected expected :
        List.of(
            new Expected("no-such-program", 127),
            new Expected("/no/such/program", 127),
            new Expected("", 127),
            new Expected(plainFile().toString(), 126),
            new Expected(script("odd", "/no/such/interpreter").toString(), 127),
            new Expected(script("env", "/usr/bin/env no-such-interpreter").toString(), 127),
            new Expected(folder.toString(), 126))) {
      ScriptedTicketService desk = SampleTickets.obliging();
      BilletsRun.Result result = BilletsRun.at(desk).run("lock", "17", "--", expected.program);
      assertEquals(expected.code, result.code(), expected.program);
      assertTrue(
          result.err().startsWith("billets: '" + expected.program + "' cannot be run: "),
          result.err());
      assertEquals(1, result.err().lines().count());
      assertEquals(List.of(), desk.asked);
    }
  }

  @Test
  void whatFailsToStartGivesTheLockBack() throws IOException {
    Path odd = script("odd", script("interpreter", "/no/such/interpreter").toString());
    ScriptedTicketService desk = SampleTickets.obliging();
    BilletsRun.Result result = BilletsRun.at(desk).run("lock", "17", "--", odd.toString());
    assertEquals(127, result.code(), result.err());
    assertEquals(List.of("kept 17/91", "released"), desk.lease);
  }

  @Test
  void aRefusedLockRunsNothing() {
    ScriptedTicketService desk = SampleTickets.obliging();
    Path ran = folder.resolve("ran");
    BilletsRun.Result result =
        BilletsRun.at(desk).run("lock", "404", "--", "touch", ran.toString());
    assertEquals(ExitStatus.NOT_FOUND, result.status());
    assertFalse(Files.exists(ran));
    assertEquals(List.of(), desk.lease);
  }

  private static LockLostReason loss(LockLostReason.Kind kind, String sentence) {
    return new LockLostReason(kind, BOB, null, null, sentence);
  }

  /** Takes the lock away when the command has written the file. */
  private ScriptedTicketService losing(LockLostReason why, Path started) {
    return SampleTickets.obliging().keeping(listener -> loseOnce(listener, why, started));
  }

  private static void loseOnce(LeaseKeeper.Listener listener, LockLostReason why, Path started) {
    await().until(() -> Files.exists(started));
    listener.lost(why);
  }

  @ParameterizedTest
  @EnumSource(value = LockLostReason.Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "RELEASED")
  void aLostLockEndsTheCommand(LockLostReason.Kind kind) throws IOException {
    Path started = folder.resolve("started");
    ScriptedTicketService desk = losing(loss(kind, "bob took the lock: \"why\""), started);
    String script =
        "sleep 60 & echo $$ $! >" + started + ".new; mv " + started + ".new " + started + "; wait";
    BilletsRun.Result result = shell(desk, "lock 17", script);
    assertEquals(ExitStatus.LOCK_LOST, result.status());
    assertEquals(
        "billets: the lock on #17 is lost, so sh is stopped: bob took the lock: \"why\"\n",
        result.err());
    assertEquals(List.of("kept 17/91", "closed"), desk.lease);
    for (String pid : Files.readString(started).strip().split(" ")) {
      await().until(() -> ended(Long.parseLong(pid)));
    }
  }

  @Test
  void aLostClaimEndsWithTheCodeThatWasAskedFor() {
    Path started = folder.resolve("started");
    ScriptedTicketService desk =
        losing(loss(LockLostReason.Kind.EXPIRED, "it ran out of time"), started);
    BilletsRun.Result result = shell(desk, "claim -E 9", "touch " + started + "; exec sleep 60");
    assertEquals(9, result.code(), result.err());
    assertEquals(List.of("kept 17/91", "closed"), desk.lease, "the server took it back");
  }

  /** An orphan whose new parent does not look after it stays as a zombie. */
  private static boolean ended(long pid) throws IOException {
    Path stat = Path.of("/proc/" + pid + "/stat");
    return ProcessHandle.of(pid).map(p -> !p.isAlive()).orElse(true)
        || Files.exists(stat) && Files.readString(stat).contains(") Z ");
  }

  @Test
  void aLossIsToldInTheWishedForm() {
    Path started = folder.resolve("started");
    ScriptedTicketService desk = losing(loss(LockLostReason.Kind.TAKEN, "bob took it"), started);
    BilletsRun.Result result = shell(desk, "claim -o json", "touch " + started + "; sleep 60");
    assertEquals(ExitStatus.LOCK_LOST, result.status());
    assertEquals(
        "{\"code\":\"LOCK_LOST\",\"message\":\"the lock on #17 is lost, so sh is stopped:"
            + " bob took it\",\"details\":{}}\n",
        result.err());
  }

  @Test
  void whoReleasesTheirOwnLockGoesOn() {
    Path started = folder.resolve("started");
    Path told = folder.resolve("told");
    LockLostReason why = loss(LockLostReason.Kind.RELEASED, "alice closed it");
    ScriptedTicketService desk =
        SampleTickets.obliging()
            .keeping(
                listener -> {
                  loseOnce(listener, why, started);
                  touch(told);
                });
    BilletsRun.Result result = shell(desk, "lock 17", afterwards(started, told, "exit 4"));
    assertEquals(4, result.code());
    assertFalse(result.err().contains("stopped"), result.err());
    assertEquals("kept 17/91", desk.lease.get(0));
  }

  private static void touch(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the loss was told, and goes on. */
  private static String afterwards(Path started, Path told, String rest) {
    return "touch " + started + "; until [ -e " + told + " ]; do sleep 0.02; done; " + rest;
  }

  @Test
  void whoGoesOnForLongWithoutTheLockIsToldSo() {
    Path started = folder.resolve("started");
    ScriptedTicketService desk =
        losing(loss(LockLostReason.Kind.RELEASED, "alice closed it"), started);
    BilletsRun.Result result = shell(desk, "lock 17", "touch " + started + "; sleep 4; exit 4");
    assertEquals(4, result.code());
    assertEquals(
        "billets: the lock on #17 was released, and sh goes on without it: alice closed it\n",
        result.err());
  }

  @Test
  void theLeaseIsShortUnlessToldOtherwise() {
    ScriptedTicketService desk = SampleTickets.obliging();
    shell(desk, "lock 17", "true");
    shell(desk, "lock 17 --ttl 2m", "true");
    assertEquals(
        List.of("PT30S", "PT2M"),
        desk.asked.stream()
            .map(asked -> ((ClientMessage.LockTicket) asked).terms().ttl().toString())
            .toList());
  }
}

package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.acceptance.WithServer.Agent;

/**
 * Commands that the packaged {@code billets} runs under a lock live as they would under {@code
 * flock}; signals, full disks and odd surroundings leave neither a lock nor a command behind.
 */
@Tag("distribution")
@Timeout(Patience.SECONDS)
@WithServer
class ChildUnderLockTest {
  /** What a command can take that was sent to billets; each shell has names for these. */
  private static final String PASSED =
      "HUP INT USR1 USR2 ALRM VTALRM PROF IO PWR SYS XCPU URG WINCH TRAP ABRT CONT TERM";

  /** Whoever runs the tests in the background may have made them deaf to these. */
  private static final List<String> HEARING = List.of("env", "--default-signal=HUP,INT,QUIT,TSTP");

  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;
  private static Path runtime;

  @BeforeAll
  static void start() throws IOException {
    runtime = Files.createDirectory(folder.resolve("runtime"));
  }

  @AfterAll
  static void end() throws IOException {
    try (Stream<Path> left = Files.list(runtime)) {
      assertEquals(List.of(), left.toList(), "files in the runtime folder");
    }
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>(alice.environment());
    environment.put("BILLETS", Distribution.billets().get(0));
    environment.put("XDG_RUNTIME_DIR", runtime.toString());
    return environment;
  }

  private static List<String> hearing(String shell, String script) {
    List<String> command = new ArrayList<>(HEARING);
    command.addAll(List.of(shell, "-c", script));
    return command;
  }

  private static ProcessOutcome shell(String shell, String script) {
    return Running.run(folder, environment(), hearing(shell, script));
  }

  private static void awaitUntil(String what, Callable<Boolean> condition) {
    await(what).pollInterval(Duration.ofMillis(20)).until(condition);
  }

  private static boolean has(String program) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
  }

  private static String created() {
    return alice.does("create --title wanted").line();
  }

  private static boolean isFree(String ticket) {
    return alice.does("show " + ticket + " -o json").json().get("lock").isJsonNull();
  }

  /** Each prints what a command sees that {@code run} starts. */
  private static final String SIGHTS =
      """
      printf '1\\n2\\n3\\n' >lines
      exec 3<lines 8>>other
      run sh -c 'read -r a <&3; echo "$a"; echo appended >&8'
      read -r b <&3; echo "$b"; cat other; exec 3<&- 8>&-
      exec 4>owned; flock 4
      run flock -n 4 echo 'my own lock'; flock -n owned echo 'no more' || echo 'still locked'
      exec 4>&-
      seq 9 | run cat
      bytes=$(printf '\\377\\201\\\\x')
      run printf '[%s]' 'a b' '' "$bytes" "it's" '*' '"' -- | od -c
      env 'my.prop=a b' x-y=1 "bad=$bytes" version=7 line=4 script= IFS=: LC_ALL=C \
        free=f JAVA_TOOL_OPTIONS=-Da=b sh -c '. ./run; run env' >seen
      grep -av '^\\(_\\|BILLETS\\)' seen | sort | LC_ALL=C sed -n 'l 0'
      run grep -E '^Sig(Blk|Ign)' /proc/self/status
      (trap '' HUP INT USR1; run grep -E '^Sig(Blk|Ign)' /proc/self/status)
      (trap '' QUIT; run grep -E '^Sig(Blk|Ign)' /proc/self/status)
      for s in HUP INT QUIT USR1 TERM KILL; do run sh -c "kill -s $s \\$\\$"; echo "$s $?"; done
      (umask 27; ulimit -n 99; cd /usr; . "$here/run"
        run sh -c 'umask; ulimit -n; pwd; nice; ulimit -c') | grep -v '^unlimited$'
      printf 'echo "plain $1"\\n' >plain; chmod +x plain; run ./plain 1
      printf '#!/bin/sh\\necho "odd $1"\\n' >a=b; chmod +x a=b; run ./a=b 1
      nice -n 5 sh -c '. "$here/run"; run nice'
      """;

  /** The same with what only bash can say. */
  private static final String SIGHTS_OF_BASH =
      """
      greet() { echo "hello $1"; }
      export -f greet
      run cat <(echo substituted)
      run bash -c 'greet function'
      run bash -c 'cat <&9' 9<<<'from nine'
      """;

  private static String seen(String name, String run, String shell, String sights)
      throws IOException {
    Path here = Files.createDirectory(folder.resolve(name));
    Files.writeString(here.resolve("run"), "run() { " + run + " \"$@\"; }\n");
    String script = "cd " + here + "; here=$PWD; export here; . ./run\n" + sights;
    ProcessOutcome outcome = shell(shell, script).exits(0);
    return outcome.out().replace(here.toString(), "HERE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sh", "bash"})
  void aCommandSeesWhatItWouldSeeUnderFlock(String shell) throws IOException {
    assumeTrue(has("flock"), "flock is not here: install util-linux");
    assumeTrue(has(shell), shell + " is not here: install it");
    String sights = shell.equals("sh") ? SIGHTS : SIGHTS_OF_BASH;
    // On a busy machine a lock is not always released within the time there is for it.
    String lock = "\"$BILLETS\" lock " + created() + " --ttl 5s --wait --";
    assertEquals(
        seen("flock-" + shell, "flock /tmp", shell, sights),
        seen("billets-" + shell, lock, shell, sights));
  }

  /** A shell that only started the launcher would drop what it has no names for. */
  @Test
  void theScriptOfTheCheckoutHandsDownTheSame() {
    Path script = Path.of("").toAbsolutePath().getParent().resolve("scripts/billets");
    String words =
        """
        greet() { echo "hello $1"; }
        export -f greet
        cd /
        export XDG_RUNTIME_DIR=/proc TMPDIR=/none # No pipes can be made there.
        env 'my.prop=a b' BILLETS_LOCK_TOKEN=0 '%s' lock %s -- \
          bash -c 'greet function; cat <&9; env | grep -a "^my"; pwd' 9<<<'from nine'
        """;
    shell("bash", words.formatted(script, created()))
        .prints("hello function", "from nine", "my.prop=a b", "/");
  }

  private static Running holding(String ticket, Path log) {
    String script =
        """
        for s in %s; do trap "echo $s >>%s" $s; done
        trap 'exit 3' QUIT
        echo $$ >%2$s
        while :; do sleep 0.02; done
        """
            .formatted(PASSED, log);
    List<String> command = new ArrayList<>(HEARING);
    command.addAll(Distribution.billets("lock", ticket, "--", "sh", "-c", script));
    return Running.start(folder, environment(), command);
  }

  private static void signal(String name, long pid) {
    Running.run(folder, Map.of(), List.of("bash", "-c", "kill -" + name + " " + pid)).exits(0);
  }

  private static List<String> lines(Path log) throws IOException {
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private static String state(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    } catch (IOException e) {
      return "gone";
    }
  }

  private static boolean hasEnded(long pid) {
    return List.of("gone", "Z", "X").contains(state(pid));
  }

  @Test
  void everySignalThatJavaCanTakeReachesTheCommand() throws IOException {
    String ticket = created();
    Path log = folder.resolve("signals");
    try (Running billets = holding(ticket, log)) {
      awaitUntil("a command", () -> lines(log).size() == 1);
      long command = Long.parseLong(lines(log).get(0));
      for (String name : PASSED.split(" ")) {
        signal(name, billets.pid());
        awaitUntil(name, () -> lines(log).contains(name));
      }
      assertFalse(isFree(ticket));
      signal("QUIT", command);
      billets.outcome().exits(3);
    }
    assertTrue(isFree(ticket));
  }

  /** To all of a group, as a terminal sends it: a shell goes on where what it runs returns. */
  @ParameterizedTest
  @CsvSource({
    ": >begun; exec sleep 300, ended by it",
    "trap 'exit 3' INT; : >begun; while :; do sleep 0.05; done, went on after 3"
  })
  void anInterruptEndsTheLoopAroundBillets(String command, String expected) {
    String script =
        """
        rm -f begun ended
        cat >loop <<'EOF'
        for round in 1 2; do
          [ $round = 1 ] || { echo "went on after $code"; exit; }
          "$BILLETS" lock %s -- sh -c '%s'
          code=$?
        done
        EOF
        set -m
        bash loop &
        until [ -e begun ]; do sleep 0.05; done
        kill -INT -$!
        wait $!
        [ $? != 130 ] || echo 'ended by it'
        """;
    String quoted = command.replace("'", "'\\''");
    assertEquals(expected, shell("bash", script.formatted(created(), quoted)).out().strip());
  }

  /** Killed when it has ordered the shell to start the command, and the shell has not yet. */
  @Test
  void aCommandWhoseBilletsIsKilledAsItStartsIsEnded() throws Exception {
    String ticket = created();
    String token = alice.does("lock " + ticket).line();
    String length = "300.717";
    List<String> command =
        Distribution.billets("lock", ticket, "--wait", "--", "sh", "-c", "exec sleep " + length);
    try (Running billets = Running.start(folder, environment(), command)) {
      awaitUntil("a waiter", () -> isAwaited(ticket));
      ProcessHandle shell =
          ProcessHandle.of(billets.pid()).orElseThrow().children().findFirst().orElseThrow();
      signal("STOP", shell.pid());
      alice.does("unlock " + ticket + " --token " + token).succeeds();
      awaitUntil("an order", () -> hasOpen(billets.pid(), ".reply"));
      billets.kill();
      signal("CONT", shell.pid());
      awaitUntil("the shell's end", () -> !shell.isAlive());
    }
    awaitUntil("the command's end", () -> !isRunning(length));
  }

  private static boolean isRunning(String argument) {
    return ProcessHandle.allProcesses()
        .anyMatch(process -> process.info().commandLine().orElse("").contains(argument));
  }

  private static boolean isAwaited(String ticket) {
    JsonElement lock = alice.does("show " + ticket + " -o json").json().get("lock");
    return lock.isJsonObject() && lock.getAsJsonObject().get("waiting").getAsInt() == 1;
  }

  private static boolean hasOpen(long pid, String suffix) throws IOException {
    return OpenFiles.of(pid).stream().anyMatch(name -> name.endsWith(suffix));
  }

  /** A job of its own, since nothing stops a process whose group no shell looks after. */
  @Test
  void aStoppedBilletsHasStoppedItsCommand() {
    String script =
        """
        set -m
        state() { sed 's/.*) \\(.\\).*/\\1/' /proc/$1/stat; }
        rm -f command
        "$BILLETS" lock %s -- sh -c 'echo $$ >command; exec sleep 300' &
        until [ -s command ]; do sleep 0.05; done
        command=$(cat command)
        kill -TSTP $!
        until [ "$(state $!)$(state $command)" = TT ]; do sleep 0.05; done
        kill -CONT $!
        while [ "$(state $!)" = T ] || [ "$(state $command)" = T ]; do sleep 0.05; done
        kill -TERM $!
        wait $!
        echo $?
        """;
    ProcessOutcome outcome = shell("bash", script.formatted(created()));
    assertEquals("143", outcome.out().strip(), outcome::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"KILL", "SEGV", "RTMIN+3"})
  void aSignalThatJavaCannotTakeEndsTheCommand(String name) throws IOException {
    Path log = folder.resolve("killed by " + name);
    String script = "echo $$ >'" + log + "'; exec sleep 300";
    try (Running billets =
        Running.start(
            folder,
            environment(),
            Distribution.billets("lock", created(), "--", "sh", "-c", script))) {
      awaitUntil("a command", () -> lines(log).size() == 1);
      long command = Long.parseLong(lines(log).get(0));
      signal(name, billets.pid());
      awaitUntil("its end", () -> hasEnded(command));
      billets.end(10);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertFalse(files.anyMatch(file -> file.getFileName().toString().startsWith("hs_err")));
    }
  }

  @Test
  void aCommandThatIgnoresItsEndIsKilledWithoutAWord() {
    String script =
        """
        mkfifo said
        "$BILLETS" lock %s -- sh -c 'trap "" TERM; : >deaf; exec sleep 300' >said 2>&1 &
        billets=$!
        cat said &
        reader=$!
        until [ -e deaf ]; do sleep 0.05; done
        kill -KILL $billets
        wait $reader
        echo over
        """;
    shell("sh", script.formatted(created())).prints("over");
  }

  @ParameterizedTest
  @CsvSource({
    "lock, >/dev/full, 1, was released",
    "lock, >&-, 1, was released",
    "claim tag:full, >/dev/full, 1, was given back",
    "lock -o json, >/dev/full, 1, was released"
  })
  void whatCannotBePrintedDoesNotStay(String verb, String to, int code, String said) {
    String ticket = alice.does("create --title wanted --tag full").line();
    String words = verb.startsWith("lock") ? verb.replace("lock", "lock " + ticket) : verb;
    ProcessOutcome outcome = shell("sh", "\"$BILLETS\" " + words + " --ttl 8h " + to);
    outcome.exits(code).says("the output cannot be written", "#" + ticket + " " + said);
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(isFree(ticket), "it is locked");
    assertEquals("", alice.does("show " + ticket + " --field assignee").line());
    alice.does("close " + ticket).succeeds();
  }

  @Test
  void whatJavaHasToSayIsNoData() throws IOException {
    String ticket = created();
    ProcessOutcome noted =
        shell("sh", "JAVA_TOOL_OPTIONS=-Da=b _JAVA_OPTIONS= \"$BILLETS\" show 404 -o json");
    assertEquals(
        "NOT_FOUND",
        JsonParser.parseString(noted.err()).getAsJsonObject().get("code").getAsString());
    shell("sh", "ulimit -v 2000000; \"$BILLETS\" lock " + ticket + " -- echo held").prints("held");
    shell("sh", "ulimit -v 500000; \"$BILLETS\" list").exits(1).says("Could not reserve");
    List<String> watch = new ArrayList<>(HEARING);
    watch.addAll(Distribution.billets("watch", "-o", "jsonl"));
    try (Running watching = Running.start(folder, environment(), watch)) {
      awaitUntil(
          "a watch that hears",
          () -> {
            alice.does("comment " + ticket + " again").succeeds();
            return watching.printed() > 0;
          });
      signal("QUIT", watching.pid());
      awaitUntil("a thread dump", () -> watching.err().contains("Full thread dump"));
      signal("USR2", watching.pid());
      assertEquals(128 + 12, watching.end(10));
      watching.out().lines().forEach(JsonParser::parseString);
    }
  }
}

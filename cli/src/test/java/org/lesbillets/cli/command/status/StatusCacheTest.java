package org.lesbillets.cli.command.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.output.StatusReport;
import org.lesbillets.cli.output.StatusReport.HeldTicket;
import org.lesbillets.model.AgentName;

/** When a kept answer counts, and when somebody has to ask. */
class StatusCacheTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(30);
  private static final BootTime THEN = new BootTime("boot-1", 1_000_000, 5_000_000);

  @TempDir Path base;

  private Path folder() {
    return base.resolve("state").resolve("cache");
  }

  private StatusCache at(BootTime moment) {
    return of("server alice", moment);
  }

  private StatusCache of(String identity, BootTime moment) {
    return new StatusCache(folder(), identity, () -> moment);
  }

  private static BootTime later(long millis) {
    return new BootTime(THEN.boot(), THEN.upMillis() + millis, THEN.wallMillis() + millis);
  }

  private static KnownStatus holding(long... secondsLeft) {
    List<HeldTicket> held = new ArrayList<>();
    for (long seconds : secondsLeft) {
      held.add(new HeldTicket(100 + seconds, Duration.ofSeconds(seconds)));
    }
    AgentName alice = new AgentName("alice");
    return KnownStatus.of(
        new StatusReport(alice, new StatusReport.Counts(12, 3), held, Duration.ZERO));
  }

  @Test
  void whatIsKeptComesBackOlder() {
    at(THEN).keep(holding(900, 600));
    KnownStatus known = at(later(20_000)).fresh(MAX_AGE);
    assertEquals(
        new StatusReport(
            new AgentName("alice"),
            new StatusReport.Counts(12, 3),
            List.of(
                new HeldTicket(700, Duration.ofSeconds(580)),
                new HeldTicket(1000, Duration.ofSeconds(880))),
            Duration.ofSeconds(20)),
        known.report());
    assertEquals(700, known.report().next().number());
  }

  @ParameterizedTest(name = "{0}: boot {1}, up {2}, wall {3}")
  @CsvSource({
    "fresh                          , boot-1,  30000,     30000, true",
    "old                            , boot-1,  30001,     30001, false",
    "the wall clock jumped ahead    , boot-1,   5000,  86400000, true",
    "the wall clock jumped back     , boot-1,   5000, -86400000, true",
    "it jumped back and it is old    , boot-1,  40000,      5000, false",
    "up for less than then          , boot-1,     -1,      5000, false",
    "the machine was started anew   , boot-2,   5000,      5000, false",
    "nothing is known of the machine, ''    ,   5000,      5000, false"
  })
  void itIsAsOldAsTheMachineSays(String what, String boot, long up, long wall, boolean fresh) {
    at(THEN).keep(holding());
    BootTime now = new BootTime(boot, THEN.upMillis() + up, THEN.wallMillis() + wall);
    assertEquals(fresh, at(now).fresh(MAX_AGE) != null, what);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "30000, true", "30001, false", "-1, false"})
  void whereTheMachineSaysNothingTheWallClockCounts(long wall, boolean fresh) {
    at(new BootTime("", 0, 5_000_000)).keep(holding());
    assertEquals(fresh, at(new BootTime("", 0, 5_000_000 + wall)).fresh(MAX_AGE) != null);
  }

  /** It may have been renewed, or be another's. */
  @ParameterizedTest
  @CsvSource({"9999, true", "10000, false", "10001, false"})
  void whenALockEndsSomebodyHasToAsk(long passed, boolean fresh) {
    at(THEN).keep(holding(10, 900));
    assertEquals(fresh, at(later(passed)).fresh(MAX_AGE) != null);
  }

  @Test
  void thatTheServerIsAwayIsKnownForAShorterTime() {
    String sentence = "nobody listens\nthere: check it";
    at(THEN)
        .keep(
            KnownStatus.of(
                new ConnectionException(ConnectionException.Kind.UNREACHABLE, sentence)));
    ConnectionException kept = at(later(5_000)).fresh(MAX_AGE).failure();
    assertEquals(ConnectionException.Kind.UNREACHABLE, kept.kind());
    assertEquals("nobody listens there: check it", kept.getMessage());
    assertNull(at(later(2_001)).fresh(Duration.ofSeconds(2)));
    assertNull(at(later(5_001)).fresh(MAX_AGE));
  }

  @Test
  void eachServerAndAgentHasItsOwn() {
    of("a alice", THEN).keep(holding(900));
    assertNull(of("b alice", THEN).fresh(MAX_AGE));
    // These two have the same hash code, and so the same file.
    of("Aa", THEN).keep(holding(900));
    assertNull(of("BB", THEN).fresh(MAX_AGE));
    assertNotNull(of("Aa", THEN).fresh(MAX_AGE));
    assertNotNull(of("a alice", THEN).fresh(MAX_AGE));
  }

  @Test
  void whoTalkedToAServerForgets() throws IOException {
    at(THEN).keep(holding());
    Path other = Files.writeString(folder().resolve("another"), "");
    StatusCache.forget(folder());
    assertNull(at(THEN).fresh(MAX_AGE));
    assertTrue(Files.exists(other));
    StatusCache.forget(base.resolve("not-there"));
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files.findFirst().orElseThrow();
    }
  }

  @Test
  void onlyItsOwnerCanReadIt() throws IOException {
    at(THEN).keep(holding(900));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder())));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-"})
  void aFolderThatOthersMayWriteIntoIsNotTrusted(String mode) throws IOException {
    at(THEN).keep(holding());
    Files.setPosixFilePermissions(folder(), PosixFilePermissions.fromString(mode));
    assertNull(at(THEN).fresh(MAX_AGE));
    Path file = file();
    Files.delete(file);
    at(THEN).keep(holding());
    assertTrue(Files.notExists(file));
  }

  @Test
  void whatCannotBeReadIsNotThere() throws IOException {
    assertNull(at(THEN).fresh(MAX_AGE));
    at(THEN).keep(holding(900, 600));
    String whole = Files.readString(file());
    for (int length = 0; length < whole.length() - 1; length++) {
      Files.writeString(file(), whole.substring(0, length));
      assertNull(at(THEN).fresh(MAX_AGE), whole.substring(0, length));
    }
    for (String broken :
        List.of(
            whole.replace("open 12", "open many"),
            whole.replace("agent alice", "agent a/b"),
            whole.replace("at boot-1 1000000 5000000", "at boot-1 1000000"),
            whole.replace("billets-status 1", "billets-status 2"),
            "x".repeat(100_000))) {
      Files.writeString(file(), broken);
      assertNull(at(THEN).fresh(MAX_AGE), broken);
    }
    Files.writeString(file(), whole);
    assertNotNull(at(THEN).fresh(MAX_AGE));
  }

  @Test
  void whereNothingCanBeWrittenNothingIsKept() throws IOException {
    Files.writeString(base.resolve("state"), "a file where a folder should be");
    at(THEN).keep(holding());
    assertNull(at(THEN).fresh(MAX_AGE));
  }

  @Test
  void severalMayKeepAndReadAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> all = new ArrayList<>();
      at(THEN).keep(holding(900));
      for (int i = 0; i < 4; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < 200; n++) {
                    at(THEN).keep(holding(900));
                    assertNotNull(at(THEN).fresh(MAX_AGE));
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertEquals(1, Files.list(folder()).count(), "nothing half written is left");
  }

  @Test
  void thisMachineSaysHowLongItIsUp() {
    Clock clock = Clock.systemUTC();
    BootTime one = BootTime.now(clock);
    BootTime other = BootTime.now(clock);
    assertTrue(other.since(one).compareTo(Duration.ofSeconds(10)) < 0);
    if (Files.exists(Path.of("/proc/uptime"))) {
      assertTrue(one.boot().length() > 8 && one.upMillis() > 0, one::toString);
    }
  }
}

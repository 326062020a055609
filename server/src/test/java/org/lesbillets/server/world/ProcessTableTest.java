package org.lesbillets.server.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.process.ChildProcesses;
import org.lesbillets.server.world.Processes.Found;
import org.lesbillets.server.world.Processes.Identity;
import org.lesbillets.server.world.Processes.State;

/** Running, ended and unknown processes are told apart, and a number that is used again. */
class ProcessTableTest {
  private static final int PID = 4_711;

  @TempDir Path proc;
  private ProcessTable table;
  private UserPrincipal user;
  private int uid;

  @BeforeEach
  void make() throws IOException {
    table = new ProcessTable(proc);
    user = Files.getOwner(proc);
    uid = (int) Files.getAttribute(proc, "unix:uid");
    Files.createDirectory(proc.resolve("1"));
    Files.createDirectory(proc.resolve("self"));
  }

  private void process(String name, String state, long started, int realUser) throws IOException {
    Path directory = Files.createDirectories(proc.resolve("" + PID));
    stat(directory, name, state, started);
    stat(Files.createDirectories(directory.resolve("task/" + PID)), name, state, started);
    Files.writeString(
        directory.resolve("status"),
        "Name:\tx\nPid:\t%d\nUid:\t%d\t0\t0\t0\nGid:\t0\t0\t0\t0\n".formatted(PID, realUser));
  }

  private static void stat(Path directory, String name, String state, long started)
      throws IOException {
    Files.writeString(
        directory.resolve("stat"),
        "%d (%s) %s 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 %d 99 98\n"
            .formatted(PID, name, state, started));
  }

  @ParameterizedTest
  @CsvSource({
    "sleep, S, RUNNING",
    "a b, R, RUNNING",
    "x) Z 1 (y, D, RUNNING",
    "stopped, T, RUNNING",
    "zombie, Z, ENDED",
    "gone, X, ENDED"
  })
  void theStateOfAProcess(String name, String state, State expected) throws IOException {
    process(name, state, 77, uid);
    Found found = table.find(PID, user).join();
    assertEquals(expected, found.state());
    assertEquals(expected == State.RUNNING ? new Identity(PID, 77) : null, found.process());
    assertEquals(expected, table.state(new Identity(PID, 77)));
  }

  /** Its first thread has ended, which is what the process is shown as. */
  @Test
  void aProcessRunsWhileOneOfItsThreadsDoes() throws IOException {
    process("main", "Z", 77, uid);
    Path thread = Files.createDirectories(proc.resolve(PID + "/task/" + (PID + 1)));
    stat(thread, "worker", "S", 78);
    assertEquals(State.RUNNING, table.find(PID, user).join().state());
    assertEquals(State.RUNNING, table.state(new Identity(PID, 77)));
    assertEquals(State.ENDED, table.state(new Identity(PID, 76)));
    stat(thread, "worker", "Z", 78);
    assertEquals(State.ENDED, table.state(new Identity(PID, 77)));
  }

  /** As in a container whose first process is the server's: others' are hidden all the same. */
  @ParameterizedTest
  @CsvSource({
    "hidepid=2, UNKNOWN",
    "'nosuid,hidepid=invisible', UNKNOWN",
    "hidepid=0, ENDED",
    "hidepid=off, ENDED",
    "relatime, ENDED"
  })
  void whereOthersAreHiddenAnAbsentProcessIsUnknown(String options, State expected)
      throws IOException {
    Files.writeString(
        proc.resolve("self/mounts"),
        "proc /proc proc rw,hidepid=2 0 0\nproc %s proc rw,%s 0 0\n".formatted(proc, options));
    assertEquals(expected, table.find(PID, user).join().state());
    assertEquals(expected, table.state(new Identity(PID, 77)));
  }

  @Test
  void aNumberThatIsUsedAgainIsAnotherProcess() throws IOException {
    process("new", "R", 88, uid);
    assertEquals(State.ENDED, table.state(new Identity(PID, 77)));
  }

  @Test
  void aProcessThatIsNotThereHasEndedIfProcessesAreShown() throws IOException {
    assertEquals(State.ENDED, table.find(PID, user).join().state());
    assertEquals(State.ENDED, table.state(new Identity(PID, 77)));
    Files.delete(proc.resolve("1"));
    assertEquals(State.UNKNOWN, table.find(PID, user).join().state());
    assertEquals(State.UNKNOWN, table.state(new Identity(PID, 77)));
  }

  @Test
  void aMachineWithoutATableShowsNothing() {
    ProcessTable none = new ProcessTable(proc.resolve("none"));
    assertEquals(State.UNKNOWN, none.find(PID, user).join().state());
    assertEquals(State.UNKNOWN, none.state(new Identity(PID, 77)));
  }

  /** As with {@code hidepid=1}: the directory is shown, and nothing in it. */
  @Test
  void aProcessWhoseFilesCannotBeReadIsUnknown() throws IOException {
    Files.createDirectories(proc.resolve(PID + "/stat"));
    assertEquals(State.UNKNOWN, table.find(PID, user).join().state());
    assertEquals(State.UNKNOWN, table.state(new Identity(PID, 77)));
  }

  @Test
  void aLineThatIsNoneIsUnknown() throws IOException {
    process("short", "R", 77, uid);
    Files.writeString(proc.resolve(PID + "/stat"), "4711 (x) R 1 2\n");
    assertEquals(State.UNKNOWN, table.find(PID, user).join().state());
  }

  @Test
  void theRealUserOfAProcessCounts() throws IOException {
    process("others", "R", 77, uid + 54_321);
    assertEquals(State.ANOTHERS, table.find(PID, user).join().state());
  }

  @Test
  void aProcessOfThisMachine() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/self/stat")), "there is no /proc");
    Processes machine = World.system().processes();
    Process child = ChildProcesses.start(new ProcessBuilder("sleep", "60"));
    Found found = machine.find(child.pid(), user).join();
    assertEquals(State.RUNNING, found.state());
    assertNotNull(found.process());
    child.destroyForcibly().waitFor();
    assertEquals(State.ENDED, machine.state(found.process()));
    assertEquals(State.ENDED, machine.find(child.pid(), user).join().state());
  }
}

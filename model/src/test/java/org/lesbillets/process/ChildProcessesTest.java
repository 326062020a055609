package org.lesbillets.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChildProcessesTest {

  /** The orphan leaves its parent, its session and its input behind, as a daemon does. */
  @Test
  void findsAndKillsAlsoOrphans() throws Exception {
    String script = "setsid sh -c 'echo $$; exec sleep 1000' </dev/null 2>/dev/null & wait";
    Process parent = ChildProcesses.start(new ProcessBuilder("sh", "-c", script));
    BufferedReader out = parent.inputReader();
    long orphan = Long.parseLong(out.readLine());
    parent.destroyForcibly().waitFor();
    assertTrue(pids().contains(orphan), "an orphan is found");
    ChildProcesses.killAll();
    // Its zombie, where nothing reaps it, does not count.
    while (pids().contains(orphan)) {
      Thread.onSpinWait();
    }
  }

  private static List<Long> pids() {
    return ChildProcesses.running().stream().map(ProcessHandle::pid).toList();
  }

  /** Whatever the one who runs the tests ignores. */
  @Test
  void aChildEndsBySigint() throws Exception {
    Process child =
        ChildProcesses.start(new ProcessBuilder("sh", "-c", "kill -INT $$; exec sleep 1000"));
    assertEquals(130, child.waitFor());
  }
}

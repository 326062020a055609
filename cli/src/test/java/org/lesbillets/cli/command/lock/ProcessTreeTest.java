package org.lesbillets.cli.command.lock;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.lesbillets.process.ChildProcesses;

/** Ending real processes, willing and unwilling ones. */
final class ProcessTreeTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private static Process started(String script) throws IOException {
    Process process = ChildProcesses.start(new ProcessBuilder("sh", "-c", script));
    BufferedReader out = process.inputReader();
    assertEquals("ready", out.readLine());
    return process;
  }

  @Test
  void aWillingProcessMayCleanUp() throws Exception {
    Process process = started("trap 'exit 7' TERM; echo ready; while :; do sleep 0.05; done");
    ProcessTree.end(process.toHandle(), LONG);
    assertEquals(7, process.waitFor());
  }

  @Test
  void anUnwillingOneIsKilledAfterTheGrace() throws Exception {
    Process process = started("trap '' TERM; echo ready; while :; do sleep 0.05; done");
    ProcessTree.end(process.toHandle(), Duration.ofMillis(200));
    assertEquals(128 + 9, process.waitFor());
  }

  @Test
  void thoseItHasStartedEndToo() throws Exception {
    Process process = started("sleep 60 & sh -c 'trap \"\" TERM; echo ready; sleep 60; :' & wait");
    await().until(() -> process.descendants().count() >= 3);
    var all = process.descendants().toList();
    ProcessTree.end(process.toHandle(), Duration.ofMillis(300));
    assertEquals(128 + 15, process.waitFor());
    await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
  }

  @Test
  void whatHasEndedNeedsNoEnding() throws Exception {
    Process process = started("echo ready");
    process.waitFor();
    ProcessTree.end(process.toHandle(), LONG);
    assertTrue(!process.isAlive());
  }
}

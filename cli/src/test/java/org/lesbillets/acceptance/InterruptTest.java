package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C ends a watch as it ends any program. */
@Timeout(Patience.SECONDS)
class InterruptTest {
  @TempDir Path folder;

  @Test
  void endsAWatchWith130() {
    try (ServerProcess server = ServerProcess.start(folder)) {
      Billets alice = server.newAgent("alice");
      List<String> command = Distribution.billetsFromClasses("watch");
      try (Running watch = Running.start(folder, alice.environment(), command)) {
        await("a watch that hears")
            .until(
                () -> {
                  alice.does("create --title heard").succeeds();
                  return watch.printed() > 0;
                });
        watch.interrupt();
        ProcessOutcome interrupted = watch.outcome();
        assertEquals("", interrupted.err());
        interrupted.exits(130);
      }
    }
  }
}

package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.acceptance.WithServer.Agent;
import org.lesbillets.tidy.RequiredTools;

/** A watch whose output nothing reads, or that cannot be written, while nothing happens. */
@Timeout(Patience.SECONDS)
@EnabledOnOs(OS.LINUX)
@WithServer
class GoneReaderTest {
  @TempDir static Path folder;
  private static ServerProcess server;
  @Agent private static Billets alice;

  @BeforeAll
  static void start() {
    alice.does("create --title 'the only one'").succeeds();
  }

  /**
   * @param script in which {@code "$@"} is the watch; it has printed one line and has no other
   */
  private static ProcessOutcome run(String script) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(RequiredTools.find("bash", "bash").toString(), "-c", script, "bash"));
    command.addAll(Distribution.billetsFromClasses("watch", "--since", "0", "--within", "60s"));
    return Running.run(folder, alice.environment(), command);
  }

  @Test
  void endsSoonAfterItsReader() {
    ProcessOutcome outcome =
        run(
            "\"$@\" | { read -r line; date +%s%N; };"
                + " code=${PIPESTATUS[0]}; date +%s%N; echo $code");
    List<String> lines = outcome.out().lines().toList();
    assertEquals("141", lines.get(2));
    assertEquals("", outcome.err());
    long nanos = Long.parseLong(lines.get(1)) - Long.parseLong(lines.get(0));
    assertTrue(nanos < Duration.ofSeconds(10).toNanos(), nanos + " ns");
  }

  @Test
  void failsWhereNothingCanBeWritten() {
    ProcessOutcome outcome = run("\"$@\" > /dev/full; echo $?");
    assertEquals("1\n", outcome.out());
    assertTrue(outcome.err().startsWith("billets: the output cannot be written"), outcome.err());
    assertEquals(1, outcome.err().lines().count());
  }
}

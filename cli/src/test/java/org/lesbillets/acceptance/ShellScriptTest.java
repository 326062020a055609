package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.tidy.RequiredTools;

/**
 * A shell script plays a night shift with the packaged program, at a real server: as cron would run
 * it, with next to no environment, in a folder and about tickets whose names are not ASCII.
 */
@Timeout(Patience.SECONDS)
class ShellScriptTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("basedir", ""), "src/test/resources/acceptance/night-shift")
          .toAbsolutePath();

  @TempDir Path folder;

  @Test
  @Tag("distribution")
  void oneScriptDoesIt() throws Exception {
    Path bin = Path.of(Distribution.billets().get(0)).getParent();
    try (ServerProcess server = ServerProcess.start(folder)) {
      Map<String, String> environment = new TreeMap<>();
      environment.put("LANG", "C");
      environment.put("PATH", bin + ":/usr/bin:/bin");
      environment.put("HOME", folder.toString());
      environment.put("JAVA_HOME", System.getProperty("java.home"));
      environment.put("BILLETS_ARCHIVE", "off");
      environment.put("BILLETS_SERVER", server.url());
      environment.put("ALICE", server.token("add", "alice").line());
      environment.put("BOB", server.token("add", "bob").line());
      server.known(environment.get("BOB"));
      Path desk = Files.createDirectory(folder.resolve("desk"));
      List<String> command = new ArrayList<>(List.of("env", "-i"));
      environment.forEach((name, value) -> command.add(name + "=" + value));
      command.add(SCRIPT.toString());
      try (Running shift = Running.start(desk, Map.of(), command)) {
        shift.end((int) Patience.SECONDS);
        ProcessOutcome outcome = shift.outcome().exits(0);
        assertEquals(EXPECTED, outcome.out().lines().toList(), outcome::toString);
        assertEquals(NOTHING_LEFT, outcome.err(), outcome::toString);
      }
    }
  }

  private static final String NOTHING_LEFT =
      "billets: No open, unlocked, unassigned ticket that is awake matches: there is nothing to"
          + " claim.\n";

  private static final List<String> EXPECTED =
      List.of(
          "22:00 five calls before the day shift leaves",
          "23:00 alice left with the printer locked, and bob needs it",
          "01:00 whatever can wait for nobody, one after the other",
          "     3 to go",
          "     2 to go",
          "     1 to go",
          "03:00 one for an expert, who fails",
          "05:00 one more that came in a file",
          "06:00 what the day shift has to know",
          "     2 open, 0 mine, 0 locked",
          "     VPN が切れる",
          "     Мост 漢字 🚒",
          "     2 TicketCommented",
          "     6 TicketCreated",
          "     8 TicketLocked",
          "     2 TicketUnlocked",
          "     5 TicketUpdated");

  @Test
  void shellcheckFindsNothing() {
    String shellcheck = RequiredTools.find("shellcheck", "shellcheck").toString();
    Running.run(folder, Map.of(), List.of(shellcheck, SCRIPT.toString())).prints();
  }
}

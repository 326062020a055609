package org.lesbillets.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.tidy.RequiredTools;

/**
 * The small form of {@code scripts/duel-claims}: it plays every contestant, those that are right
 * have one winner in each round, and nothing is left behind.
 */
@Tag("distribution")
@Timeout(Patience.SECONDS)
class DuelClaimsTest {
  private static final Path SCRIPT = Distribution.root().resolve("scripts/duel-claims");

  @TempDir Path folder;

  private ProcessOutcome duel(String... options) {
    Map<String, String> environment = new TreeMap<>();
    environment.put("TMPDIR", folder.toString());
    environment.put("BILLETS_ARCHIVE", "off");
    environment.put("BILLETS_SERVER_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
    List<String> words = Stream.concat(Stream.of(SCRIPT.toString()), Stream.of(options)).toList();
    try (Running running = Running.start(folder, environment, words)) {
      running.end((int) Patience.SECONDS);
      return running.outcome();
    }
  }

  @Test
  void countsTheWinnersOfEachWayToClaim() throws IOException {
    RequiredTools.find("jq", "jq");
    RequiredTools.find("sqlite3", "sqlite3");
    ProcessOutcome outcome = duel("--rounds", "2", "--claimers", "3", "--deaths", "1").exits(0);
    assertEquals("", outcome.err());
    Map<String, String> lines = new TreeMap<>();
    for (String line : outcome.out().lines().skip(2).toList()) {
      lines.put(line.substring(0, 44).strip(), line.substring(44).strip().replaceAll(" +", " "));
    }
    assertEquals("2 2 0 0 1 0", lines.get("lock file: mkdir"));
    assertEquals("2 2 0 0 1 1", lines.get("flock, held during the work"));
    assertEquals("2 2 0 0 1 0", lines.get("flock + jq: read and write under the lock"));
    assertEquals("2 2 0 0 1 0", lines.get("SQLite: UPDATE with RETURNING"));
    assertEquals("1 1 0 0 1 1", lines.get("billets claim --return, a process each"));
    assertEquals("2 2 0 0 - -", lines.get("billets batch, connected before"));
    assertEquals(9, lines.size(), outcome::toString);
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(List.of(), left.filter(path -> path.toString().contains("duel")).toList());
    }
    quotedAreTheseContestants(lines);
  }

  /** What the page quotes can have been printed by this script. */
  private static void quotedAreTheseContestants(Map<String, String> lines) throws IOException {
    String page = Files.readString(Distribution.root().resolve("docs/scripting.md"));
    for (String contestant : lines.keySet()) {
      assertTrue(page.contains("\n" + contestant + "  "), contestant);
    }
  }

  @Test
  void saysWhatItTakes() {
    assertTrue(duel("--rounds", "0").exits(2).err().contains("scripts/duel-claims [--rounds N]"));
    assertTrue(duel("--claimers", "65").exits(1).err().contains("at most 64 claimers"));
  }
}

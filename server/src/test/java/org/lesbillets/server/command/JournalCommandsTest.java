package org.lesbillets.server.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.journal.sqlite.SqliteJournal;
import picocli.CommandLine;

/** What the verbs of a journal print, and how they end. */
final class JournalCommandsTest {
  @TempDir Path temp;
  private Path data;
  private Path backup;
  private String journalId;

  private record Result(int exit, String out, String err) {}

  @BeforeEach
  void grow() {
    data = temp.resolve("data");
    backup = temp.resolve("backup.db");
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 1), 0, "t"));
      journalId = journal.journalId();
    }
  }

  private static Result run(Callable<Integer> verb, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit =
        new CommandLine(verb)
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setExecutionExceptionHandler(
                (e, command, result) -> {
                  if (e instanceof JournalException) {
                    command.getErr().println(e.getMessage());
                    return 1;
                  }
                  throw e;
                })
            .execute(arguments);
    return new Result(exit, out.toString(), err.toString());
  }

  private Result verify(String... more) {
    String[] all = new String[more.length + 2];
    all[0] = "--data";
    all[1] = data.toString();
    System.arraycopy(more, 0, all, 2, more.length);
    return run(new VerifyCommand(), all);
  }

  @Test
  void aSoundJournalIsOneLine() {
    String line =
        "sound: %s/journal.db, revision 1, 1 events, 1 tickets, 0 operations%n".formatted(data);
    assertEquals(new Result(0, line, ""), verify());
  }

  @Test
  void asJsonItIsOneObject() {
    String json =
        "{\"sound\":true,\"file\":\"%s/journal.db\",\"journalId\":\"%s\",\"revision\":1"
            + ",\"events\":1,\"tickets\":1,\"operations\":0,\"problems\":[]}%n";
    assertEquals(new Result(0, json.formatted(data, journalId), ""), verify("--output", "json"));
  }

  @Test
  void aProblemIsASentenceAndEndsWithOne() throws Exception {
    Files.delete(data.resolve("head"));
    Result text = verify();
    assertEquals(1, text.exit());
    assertEquals("", text.out());
    assertTrue(text.err().contains("which knows where it should end, is missing"), text.err());
    Result json = verify("-o", "json");
    assertEquals(1, json.exit());
    assertTrue(json.out().startsWith("{\"sound\":false,"), json.out());
    assertEquals("", json.err());
  }

  @Test
  void aBackupIsRestored() {
    Result written = run(new BackupCommand(), "--data", data.toString(), backup.toString());
    assertEquals(0, written.exit());
    assertTrue(written.out().startsWith("written: " + backup + ", revision 1,"), written.out());
    Path other = temp.resolve("other");
    Result restored = run(new RestoreCommand(), "--data", other.toString(), backup.toString());
    assertEquals(0, restored.exit(), restored.err());
    assertTrue(restored.out().startsWith("restored: " + other + "/journal.db"), restored.out());
    data = other;
    assertEquals(0, verify().exit());
  }

  @Test
  void aServerOnTheDirectoryKeepsRestoreOut() {
    run(new BackupCommand(), "--data", data.toString(), backup.toString());
    Path other = temp.resolve("other");
    try (DataDirectory held = DataDirectory.open(other)) {
      Result refused =
          run(new RestoreCommand(), "--data", held.path().toString(), backup.toString());
      assertEquals(1, refused.exit());
      assertTrue(refused.err().contains("Another server"), refused.err());
    }
  }

  @Test
  void compactSaysWhatItDropped() {
    Result nothing = run(new CompactCommand(), "--data", data.toString(), "--keep", "10");
    assertEquals(0, nothing.exit());
    assertTrue(nothing.out().contains(", droppedEvents 0, freedBytes "), nothing.out());
    Result json =
        run(new CompactCommand(), "--data", data.toString(), "--older-than", "1d", "-o", "json");
    assertTrue(json.out().contains("\"droppedEvents\":0"), json.out());
  }

  @ParameterizedTest
  @CsvSource({
    "'',                     2, Say what goes",
    "--keep -1,              2, 0 or more",
    "--keep many,            2, --keep",
    "--older-than soon,      2, --older-than",
    "--keep 1 --data /no/no, 1, There is no journal in /no/no"
  })
  void compactRefusesWithASentence(String arguments, int exit, String named) {
    String own = arguments.contains("--data") ? "" : " --data " + data;
    Result refused = run(new CompactCommand(), (arguments + own).strip().split(" "));
    assertEquals(exit, refused.exit());
    assertEquals("", refused.out());
    assertTrue(refused.err().contains(named), refused.err());
  }

  @Test
  void aBackupThatIsNotThereMakesNoDirectory() {
    Path other = temp.resolve("other");
    Result refused =
        run(new RestoreCommand(), "--data", other.toString(), temp.resolve("none").toString());
    assertEquals(1, refused.exit());
    assertTrue(refused.err().startsWith("There is no backup "), refused.err());
    assertFalse(Files.exists(other));
  }
}

package org.lesbillets.server.journal.sqlite;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.Ticket;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tailed;

/** Nothing is acknowledged that would be written to a file without a name. */
final class MisplacedFilesTest {
  private static final Duration NOTICED = Duration.ofSeconds(60);

  @TempDir Path temp;

  /** What becomes of the files under a running server. */
  private interface Mishap {
    void happen(Path data) throws IOException;
  }

  private static final Map<String, Mishap> MISHAPS =
      Map.of(
          "rm -rf",
          MisplacedFilesTest::remove,
          "the journal is removed",
          data -> Files.delete(data.resolve("journal.db")),
          "its log is removed",
          data -> Files.delete(data.resolve("journal.db-wal")),
          "its index of the log is removed",
          data -> Files.delete(data.resolve("journal.db-shm")),
          "the journal is renamed",
          data -> Files.move(data.resolve("journal.db"), data.resolve("journal.old")),
          "the journal is replaced by its copy",
          data -> replaced(data.resolve("journal.db")),
          "its log is replaced by its copy",
          data -> replaced(data.resolve("journal.db-wal")),
          "the directory is renamed",
          data -> Files.move(data, data.resolveSibling(data.getFileName() + ".old")),
          "the directory is replaced by its copy",
          data -> {
            Path old = Files.move(data, data.resolveSibling(data.getFileName() + ".old"));
            copied(old, data);
          });

  private static void replaced(Path file) throws IOException {
    Path copy = Files.copy(file, file.resolveSibling("copy"));
    Files.move(copy, file, REPLACE_EXISTING);
  }

  private static void copied(Path from, Path to) throws IOException {
    Files.createDirectory(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> nothingMoreIsAcknowledged() {
    return MISHAPS.entrySet().stream()
        .flatMap(
            one ->
                Stream.of(
                    DynamicTest.dynamicTest(
                        one.getKey() + ", then a change", () -> refused(one.getValue())),
                    DynamicTest.dynamicTest(
                        one.getKey() + ", noticed alone", () -> noticed(one.getValue()))));
  }

  private void refused(Mishap mishap) throws IOException {
    Path data = Files.createTempDirectory(temp, "data");
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "kept"));
      mishap.happen(data);
      Outcome outcome = tailed.append(Facts.comment(ticket, "nowhere"));
      assertFalse(outcome instanceof Outcome.Appended, outcome.toString());
      assertPoisoned(journal, tailed, ticket, data);
    }
  }

  private void noticed(Mishap mishap) throws IOException {
    Path data = Files.createTempDirectory(temp, "data");
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket = tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "kept"));
      mishap.happen(data);
      await().atMost(NOTICED).until(() -> tailed.failure() != null);
      assertPoisoned(journal, tailed, ticket, data);
    }
  }

  private static void assertPoisoned(
      SqliteJournal journal, Tailed tailed, Ticket ticket, Path data) {
    assertEquals(journal.failure(), tailed.failure());
    assertTrue(journal.failure().contains(data.toString()), journal.failure());
    assertTrue(journal.failure().contains("not in its place"), journal.failure());
    assertInstanceOf(
        Outcome.ReadOnly.class, tailed.append(Facts.create(new UUID(1, 2), 0, "later")));
    for (int reader = 0; reader < 4; reader++) {
      assertEquals(Optional.of(ticket), journal.reads().ticketAt(ticket.id(), 1), "reads go on");
    }
  }

  @Test
  void theFilesOfTheNextServerAreLeftAlone() throws IOException {
    Path data = Files.createTempDirectory(temp, "data");
    try (DataDirectory directory = DataDirectory.open(data)) {
      try (SqliteJournal journal = SqliteJournal.open(directory)) {
        Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 1), 0, "kept"));
        Files.move(data, data.resolveSibling("old"));
        Files.createDirectory(data);
        for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
          Files.writeString(data.resolve(name), "of the next server");
        }
      }
      for (String name : List.of("journal.db", "journal.db-wal", "journal.db-shm")) {
        assertEquals("of the next server", Files.readString(data.resolve(name)));
      }
    }
  }
}

package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalReport;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/** A backup becomes a journal again: another history with the same tickets, nobody's lock. */
final class SqliteRestoreTest {
  private static final UUID FREE = new UUID(1, 1);
  private static final UUID LOCKED = new UUID(2, 2);

  @TempDir Path temp;
  private Path original;
  private Path backup;
  private Path restored;

  @BeforeEach
  void backUp() throws IOException {
    original = Files.createDirectory(temp.resolve("original"));
    restored = temp.resolve("restored");
    backup = temp.resolve("backup.db");
    try (DataDirectory directory = DataDirectory.open(original);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket = tailed.ticketAfter(Facts.create(FREE, 0, "free"));
      tailed.ticketAfter(Facts.comment(ticket, "said"));
      tailed.ticketAfter(Facts.lock(tailed.ticketAfter(Facts.create(LOCKED, 0, "x")), "note"));
      SqliteBackup.of(original, backup);
      for (int n = 0; n < 5; n++) {
        tailed.ticketAfter(Facts.create(new UUID(3, n), 0, "after the backup"));
      }
    }
  }

  private JournalReport restore(Path to) {
    return restore(to, World.system());
  }

  private JournalReport restore(Path to, World world) {
    try (DataDirectory directory = DataDirectory.open(to)) {
      return SqliteRestore.run(backup, directory, world);
    }
  }

  @Test
  void ticketsAreThereAndLocksAreEnded() {
    JournalReport report = restore(restored);
    assertTrue(report.isSound());
    assertEquals(restored.resolve("journal.db").toString(), report.file().toString());
    try (DataDirectory directory = DataDirectory.open(restored);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      assertEquals(2, tailed.book().size());
      Ticket locked = tailed.ticket(new TicketId(LOCKED));
      assertFalse(locked.isLocked());
      assertEquals(
          List.of("TicketUnlocked", "TicketLocked", "TicketCreated"),
          journal
              .reads()
              .history(locked.id(), new Page(Long.MAX_VALUE, 10, 1 << 20))
              .items()
              .stream()
              .map(event -> event.event().type())
              .toList());
    }
    assertTrue(SqliteVerification.ofData(restored).isSound());
  }

  /** As on a full disk: what stands in the log only is not in the file that is moved. */
  @Test
  void isRefusedWhileItsLogCannotBeCopied() throws Exception {
    Path part = restored.resolve("restore.part").resolve("journal.db");
    AtomicReference<Connection> reader = new AtomicReference<>();
    World readWhenLocksEnd =
        World.system(
            new TimeSource() {
              @Override
              public Instant now() {
                if (reader.get() == null) {
                  reader.set(readingFrom(part));
                }
                return Facts.NOON;
              }

              @Override
              public long nanos() {
                return System.nanoTime();
              }
            });
    JournalException refused =
        assertThrows(JournalException.class, () -> restore(restored, readWhenLocksEnd));
    assertTrue(refused.getMessage().contains("make room"), refused.getMessage());
    assertFalse(Files.exists(restored.resolve("journal.db")));
    reader.get().close();
    assertTrue(restore(restored).isSound());
  }

  private static Connection readingFrom(Path file) {
    try {
      Connection connection = new SqliteFile(file).reading();
      connection.setAutoCommit(false);
      connection.createStatement().executeQuery("SELECT count(*) FROM event").next();
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itIsAnotherHistoryAboveEveryRevisionIssued() {
    JournalReport before = SqliteVerification.ofData(original);
    restore(restored);
    try (DataDirectory directory = DataDirectory.open(restored);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      assertNotEquals(before.journalId(), journal.journalId());
      assertFalse(journal.reads().remembers(new ResumePoint(before.journalId(), 2)));
      Ticket next = tailed.ticketAfter(Facts.create(new UUID(4, 4), 0, "next"));
      assertTrue(next.revision() > before.revision() + 1_000_000_000L, next.revision() + "");
      assertEquals(3, next.number());
    }
  }

  @Test
  void aDirectoryWithAJournalIsLeftAlone() throws IOException {
    byte[] journal = Files.readAllBytes(original.resolve("journal.db"));
    JournalException refused = assertThrows(JournalException.class, () -> restore(original));
    assertTrue(refused.getMessage().startsWith("There is a journal, "), refused.getMessage());
    assertTrue(Arrays.equals(journal, Files.readAllBytes(original.resolve("journal.db"))));
    assertTrue(SqliteVerification.ofData(original).isSound());
  }

  @Test
  void aJournalThatWasMovedAwayIsNotIssuedAgain() throws IOException {
    Files.move(original.resolve("journal.db"), temp.resolve("aside.db"));
    restore(original);
    assertTrue(SqliteVerification.ofData(original).isSound());
  }

  /** Changes a text wherever it stands, also where it was once. */
  private static void spoil(Path file) throws IOException {
    String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
    Files.writeString(file, bytes.replace("said", "sais"), StandardCharsets.ISO_8859_1);
  }

  @Test
  void aDamagedBackupIsRefusedWhole() throws IOException {
    spoil(backup);
    JournalException refused = assertThrows(JournalException.class, () -> restore(restored));
    assertTrue(refused.getMessage().contains("table event"), refused.getMessage());
    assertFalse(Files.exists(restored.resolve("journal.db")));
    Files.delete(backup);
    SqliteBackup.of(original, backup);
    assertTrue(restore(restored).isSound(), "what a failed try left is no obstacle");
  }

  @Test
  void aDamagedJournalMakesNoBackup() throws IOException {
    spoil(original.resolve("journal.db"));
    Path other = temp.resolve("other.db");
    JournalException refused =
        assertThrows(JournalException.class, () -> SqliteBackup.of(original, other));
    assertTrue(refused.getMessage().startsWith("There is no backup, "), refused.getMessage());
    assertFalse(Files.exists(other));
  }

  @Test
  void aBackupIsNeverWrittenOver() throws IOException {
    byte[] bytes = Files.readAllBytes(backup);
    assertThrows(JournalException.class, () -> SqliteBackup.of(original, backup));
    assertTrue(Arrays.equals(bytes, Files.readAllBytes(backup)));
  }
}

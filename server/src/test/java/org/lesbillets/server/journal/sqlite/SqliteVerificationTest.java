package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.RandomTickets;
import org.lesbillets.model.SeededTest;
import org.lesbillets.model.Ticket;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalReport;
import org.lesbillets.server.journal.Tailed;

/** What is wrong with a journal is found, by name, and what is sound is not suspected. */
final class SqliteVerificationTest {
  private static final UUID ID = new UUID(7, 7);

  @TempDir Path temp;

  private static void grow(Path data) {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket =
          tailed.ticketAfter(
              Facts.create(ID, 7, Facts.draft("t"), Facts.operation("one", "print", true)));
      ticket = tailed.ticketAfter(Facts.comment(ticket, "said"));
      ticket = tailed.ticketAfter(Facts.lock(ticket, "note"));
      tailed.ticketAfter(Facts.unlock(ticket));
      tailed.ticketAfter(Facts.imported(new UUID(8, 8), 9, "imported", "first", "second"));
    }
  }

  private static void sql(Path data, String... statements) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void aJournalOfAllKindsOfEventsIsSound() throws Exception {
    grow(temp);
    JournalReport report = SqliteVerification.ofData(temp);
    assertEquals(List.of(), report.problems());
    assertEquals(new JournalReport.Counts(5, 2, 1), report.counts());
    assertEquals(5, report.revision());
    assertTrue(report.isSound());
  }

  @Test
  void aJournalInUseIsSoundAtEachMoment() throws Exception {
    SeededTest.run(
        random -> {
          Path data = Files.createTempDirectory(temp, "data");
          RandomTickets tickets = new RandomTickets(random);
          try (DataDirectory directory = DataDirectory.open(data);
              SqliteJournal journal = SqliteJournal.open(directory)) {
            Tailed tailed = Tailed.of(journal);
            Ticket ticket = tailed.ticketAfter(Facts.create(ID, 1, "t"));
            for (int n = 0; n < 100; n++) {
              // Not awaited, so that commits come while the check runs.
              journal.append(Facts.create(new UUID(n, random.nextLong()), 0, tickets.line()));
              if (n % 20 == 0) {
                assertEquals(List.of(), SqliteVerification.ofData(data).problems());
              }
            }
            assertTrue(tailed.ticketAfter(Facts.comment(ticket, "x")).commentCount() > 0);
          }
        });
  }

  private record Damage(String named, String... sql) {}

  private static Damage damage(String named, String... sql) {
    return new Damage(named, sql);
  }

  @TestFactory
  Stream<DynamicTest> everyDamageIsNamed() {
    return Stream.of(
            damage("(ticket 7, id " + ID + ")", "UPDATE ticket SET title = 'x' WHERE number = 7"),
            damage("Row 2 of the table event", "UPDATE event SET at = at + 1 WHERE revision = 2"),
            damage("Row alice, ", "UPDATE operation SET revision = 2"),
            damage("The table event has rows 4", "DELETE FROM event WHERE revision = 3"),
            damage("chained checksum", "DELETE FROM event WHERE revision = 3"),
            damage("names event 1, which is missing", "DELETE FROM event WHERE revision = 1"),
            damage(
                "The events make 2 tickets, the table has 1",
                "DELETE FROM ticket WHERE number = 7"),
            damage("row of the table meta is missing", "UPDATE meta SET base = 99"),
            damage(
                "SQLite finds: ",
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_master SET sql = 'CREATE INDEX event_of_ticket ON event (at)'"
                    + " WHERE name = 'event_of_ticket'"),
            damage("no such table", "DROP TABLE operation"))
        .map(
            damage ->
                DynamicTest.dynamicTest(
                    damage.named(),
                    () -> {
                      Path data = Files.createTempDirectory(temp, "data");
                      grow(data);
                      sql(data, damage.sql());
                      byte[] before = Files.readAllBytes(data.resolve("journal.db"));
                      List<String> problems = SqliteVerification.ofData(data).problems();
                      assertTrue(
                          problems.stream().anyMatch(p -> p.contains(damage.named())),
                          problems.toString());
                      assertArrayEquals(before, Files.readAllBytes(data.resolve("journal.db")));
                    }));
  }

  /** A row with a sound checksum, of an earlier state: only the events tell. */
  @Test
  void aTicketThatIsNotWhatItsEventsMakeOfItIsFound() throws Exception {
    Path early = Files.createDirectory(temp.resolve("early"));
    try (DataDirectory directory = DataDirectory.open(temp);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket = tailed.ticketAfter(Facts.create(ID, 7, "t"));
      journal.backup(early.resolve("journal.db"));
      tailed.ticketAfter(Facts.retitle(ticket, "u", null));
    }
    sql(
        temp,
        "ATTACH '" + early.resolve("journal.db") + "' AS early",
        "REPLACE INTO ticket SELECT * FROM early.ticket");
    assertEquals(
        List.of("Ticket #7 is not what its events make of it: it stands at revision 1, they at 2."),
        SqliteVerification.ofData(temp).problems());
  }

  @Test
  void aLostTailAndALostWitnessAreFound() throws IOException {
    grow(temp);
    Path cut = Files.createDirectory(temp.resolve("cut"));
    try (DataDirectory directory = DataDirectory.open(temp);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed.of(journal).ticketAfter(Facts.create(new UUID(9, 9), 0, "lost"));
      DataImage.of(temp, cut);
    }
    Files.delete(cut.resolve(DataImage.WAL));
    List<String> problems = SqliteVerification.ofData(cut).problems();
    assertEquals(1, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("ends at revision 5"), problems.get(0));
    assertTrue(problems.get(0).contains("are lost"), problems.get(0));

    Files.delete(temp.resolve(DataImage.HEAD));
    assertTrue(SqliteVerification.ofData(temp).problems().get(0).contains("is missing"));
    assertTrue(SqliteVerification.ofBackup(temp.resolve("journal.db")).isSound());
  }

  /** No flip of a bit makes a journal that passes for sound and holds something else. */
  @Test
  void aFlippedBitIsFoundOrMeansNothing() throws Exception {
    grow(temp);
    JournalReport sound = SqliteVerification.ofData(temp);
    byte[] exported = Files.readAllBytes(temp.resolve("journal.db"));
    SeededTest.run(
        random -> {
          Path data = Files.createTempDirectory("verified");
          for (int n = 0; n < 150; n++) {
            DataImage.of(temp, data);
            long bit = random.nextInt(exported.length * 8);
            DataImage.flip(data.resolve("journal.db"), bit);
            try {
              JournalReport report = SqliteVerification.ofData(data);
              if (report.isSound()) {
                assertEquals(sound.counts(), report.counts(), "bit " + bit);
                assertEquals(sound.revision(), report.revision(), "bit " + bit);
              }
            } catch (JournalException e) {
              assertFalse(e.getMessage().isBlank());
            }
          }
        });
  }

  @Test
  void whatIsNoJournalIsSaidSo() throws IOException {
    JournalException none =
        assertThrows(JournalException.class, () -> SqliteVerification.ofData(temp));
    assertTrue(none.getMessage().startsWith("There is no journal "), none.getMessage());
    Files.writeString(temp.resolve("journal.db"), "not a database, but a text of some length");
    JournalException other =
        assertThrows(JournalException.class, () -> SqliteVerification.ofData(temp));
    assertTrue(other.getMessage().contains("not an SQLite database"), other.getMessage());
    assertEquals(1, Files.list(temp).count(), "nothing was made");
  }

  /** A young journal whose tables are in the log only. */
  @Test
  void aJournalWithoutItsFirstLogIsNoOtherProgramsFile() throws Exception {
    Path young = Files.createDirectory(temp.resolve("young"));
    try (DataDirectory directory = DataDirectory.open(temp);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed.of(journal).ticketAfter(Facts.create(ID, 0, "t"));
      DataImage.of(temp, young);
    }
    Files.delete(young.resolve(DataImage.WAL));
    JournalException refused =
        assertThrows(JournalException.class, () -> SqliteVerification.ofData(young));
    assertTrue(refused.getMessage().contains("has no tables"), refused.getMessage());
  }
}

package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lesbillets.server.journal.Facts.ALICE;

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
import org.lesbillets.model.Ticket;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Page;
import org.lesbillets.server.journal.Tailed;

/** A journal with something wrong in it is refused, by name, and left as it is. */
final class DamageTest {
  private static final UUID ID = new UUID(0x1111_2222_3333_4444L, 0x8555_6666_7777_8888L);
  private static final Operation OPERATION = Facts.operation("one", "print", true);

  @TempDir Path temp;

  /** What was done to the file, and what the sentence must name. */
  private record Damage(String sql, List<String> named) {}

  private static Damage damage(String sql, String... named) {
    return new Damage(sql, List.of(named));
  }

  @TestFactory
  Stream<DynamicTest> everyDamageIsNamed() {
    return Stream.of(
            damage("UPDATE ticket SET title = 'x'", "(ticket 7, id " + ID + ")", "table ticket"),
            damage("UPDATE ticket SET description = 'x'", "(ticket 7, id " + ID + ")"),
            damage("UPDATE ticket SET lock_holder = 'bob'", "(ticket 7, id " + ID + ")"),
            damage("UPDATE ticket SET lock_note = NULL", "(ticket 7, id " + ID + ")"),
            damage("UPDATE ticket SET status = 'opem'", "(ticket 7, id " + ID + ")"),
            damage("UPDATE ticket SET created_by = '-'", "(ticket 7, id " + ID + ")"),
            damage("UPDATE ticket SET tags = 'a'", "(ticket 7, id " + ID + ")"),
            damage("UPDATE ticket SET id = x'00'", "Row 1 (ticket 7)", "table ticket"),
            damage("UPDATE ticket SET number = 8", "(ticket 8, id " + ID + ")"),
            damage("UPDATE ticket SET checksum = checksum + 1", "(ticket 7, id " + ID + ")"),
            damage("UPDATE event SET body = x'7b7d' WHERE revision = 2", "Row 2", "table event"),
            damage("UPDATE event SET at = at + 1 WHERE revision = 1", "Row 1", "table event"),
            damage("UPDATE event SET type = 'X' WHERE revision = 3", "Row 3", "table event"),
            damage("UPDATE meta SET base = 99", "row of the table meta"),
            damage("UPDATE meta SET journal_id = 'other'", "row of the table meta"),
            damage("DELETE FROM meta", "row of the table meta", "missing"),
            damage("DELETE FROM event WHERE revision = 3", "table event has rows: 2", "says 3"),
            damage("UPDATE event SET revision = 9 WHERE revision = 3", "last event is: 9"),
            damage("DELETE FROM ticket", "table ticket has rows: 0", "says 1"),
            damage("DROP TABLE event", "no such table"),
            damage("PRAGMA application_id = 1", "another program"),
            damage("PRAGMA user_version = 99", "format version 99", "newer billets-server"))
        .map(damage -> DynamicTest.dynamicTest(damage.sql(), () -> refused(damage)));
  }

  private void refused(Damage damage) throws Exception {
    Path data = Files.createTempDirectory(temp, "data");
    grow(data);
    sql(data, damage.sql());
    byte[] before = Files.readAllBytes(data.resolve("journal.db"));
    JournalException refused = assertThrows(JournalException.class, () -> start(data));
    for (String named : damage.named()) {
      assertTrue(refused.getMessage().contains(named), refused.getMessage());
    }
    assertTrue(refused.getMessage().contains(data.toRealPath().toString()), refused.getMessage());
    assertTrue(refused.getMessage().contains(":"), "says what to do: " + refused.getMessage());
    assertArrayEquals(before, Files.readAllBytes(data.resolve("journal.db")), "left as it was");
  }

  private static void grow(Path data) {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed tailed = Tailed.of(journal);
      Ticket ticket = tailed.ticketAfter(Facts.create(ID, 7, Facts.draft("t"), OPERATION));
      ticket = tailed.ticketAfter(Facts.comment(ticket, "findable in the file"));
      tailed.ticketAfter(Facts.lock(ticket, "note"));
    }
  }

  private static void sql(Path data, String sql) throws SQLException {
    try (Connection connection = connect(data);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(Path data) throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
  }

  /** What a server does before it is ready. */
  private static void start(Path data) {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Tailed.of(journal);
    }
  }

  @Test
  void aFlippedByteInTheFileIsFound() throws IOException {
    grow(temp);
    Path file = temp.resolve("journal.db");
    byte[] bytes = Files.readAllBytes(file);
    int at = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("findable");
    bytes[at] ^= 1;
    Files.write(file, bytes);
    JournalException refused = assertThrows(JournalException.class, () -> start(temp));
    assertTrue(refused.getMessage().contains("Row 2 of the table event"), refused.getMessage());
  }

  @Test
  void aDamagedOperationIsFoundWhenItIsNeeded() throws SQLException {
    grow(temp);
    sql(temp, "UPDATE operation SET revision = 2");
    try (DataDirectory directory = DataDirectory.open(temp);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      JournalException refused =
          assertThrows(
              JournalException.class, () -> journal.reads().operation(ALICE, OPERATION.id()));
      assertTrue(refused.getMessage().contains("table operation"), refused.getMessage());
      Outcome outcome =
          Tailed.of(journal).append(Facts.create(new UUID(1, 1), 0, Facts.draft("t"), OPERATION));
      assertInstanceOf(Outcome.Unknown.class, outcome);
      assertTrue(journal.failure().contains("table operation"), journal.failure());
    }
  }

  @Test
  void anOldDamagedEventIsNamedWhenItIsRead() throws SQLException {
    grow(temp);
    try (DataDirectory directory = DataDirectory.open(temp);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      Ticket ticket = Tailed.of(journal).ticket(new org.lesbillets.model.TicketId(ID));
      sql(temp, "UPDATE event SET body = x'7b7d' WHERE revision = 2");
      Page all = new Page(Long.MAX_VALUE, 10, 10_000);
      JournalException refused =
          assertThrows(JournalException.class, () -> journal.reads().comments(ticket.id(), all));
      assertTrue(refused.getMessage().contains("Row 2 of the table event"), refused.getMessage());
    }
  }

  @Test
  void whatIsNoDatabaseIsRefused() throws IOException {
    for (String content : List.of("not a database", "SQLite format 3\0 and then nothing of it")) {
      Path data = Files.createTempDirectory(temp, "data");
      Files.writeString(data.resolve("journal.db"), content);
      JournalException refused = assertThrows(JournalException.class, () -> start(data));
      assertTrue(refused.getMessage().contains("not an SQLite database"), refused.getMessage());
      assertEquals(content, Files.readString(data.resolve("journal.db")));
    }
  }

  @Test
  void garbageInAPageIsRefused() throws IOException {
    grow(temp);
    Path file = temp.resolve("journal.db");
    byte[] bytes = Files.readAllBytes(file);
    java.util.Arrays.fill(bytes, 4096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);
    JournalException refused = assertThrows(JournalException.class, () -> start(temp));
    assertTrue(refused.getMessage().contains("is damaged"), refused.getMessage());
  }

  @Test
  void aLogWithoutItsJournalIsRefused() throws IOException {
    Files.write(temp.resolve("journal.db-wal"), new byte[100]);
    JournalException refused = assertThrows(JournalException.class, () -> start(temp));
    assertTrue(refused.getMessage().contains("journal.db-wal"), refused.getMessage());
    assertEquals(100, Files.size(temp.resolve("journal.db-wal")));
  }

  @Test
  void anotherProgramsDatabaseIsLeftAlone() throws Exception {
    sql(temp, "CREATE TABLE recipes (name TEXT)");
    byte[] before = Files.readAllBytes(temp.resolve("journal.db"));
    JournalException refused = assertThrows(JournalException.class, () -> start(temp));
    assertTrue(refused.getMessage().contains("another program"), refused.getMessage());
    assertArrayEquals(before, Files.readAllBytes(temp.resolve("journal.db")));
  }
}

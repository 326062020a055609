package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.PrivateFiles;
import org.lesbillets.server.journal.Tailed;
import org.lesbillets.server.journal.Witness;
import org.lesbillets.server.world.FakeClock;
import org.lesbillets.server.world.World;

/** A journal that a server before this format wrote: format-1.sql to format-4.sql are dumps. */
final class EarlierFormatTest {
  private static final List<String> TITLES =
      List.of("Printer on fire", "VPN is down", "Claimed before", "Closed before", "Brought");

  @TempDir Path data;
  private Path file;

  @BeforeEach
  void write() throws IOException, SQLException {
    file = data.resolve(SqliteJournal.FILE_NAME);
    Files.createFile(file);
    execute(dump("format-1.sql"));
  }

  static String dump(String name) throws IOException {
    try (InputStream in = EarlierFormatTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.getLong(1);
    }
  }

  private static Ticket find(TicketBook book, String title) {
    return book.stream()
        .filter(ticket -> ticket.content().title().equals(title))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void isBroughtToTheNewOneWithAllItHolds() throws SQLException {
    long head = number("SELECT head FROM meta");
    try (DataDirectory directory = DataDirectory.open(data)) {
      try (SqliteJournal journal = SqliteJournal.open(directory)) {
        assertEquals(head, Facts.head(journal));
        TicketBook book = Tailed.of(journal).book();
        assertHolds(book);
        TicketBook fold = new TicketBook();
        journal.reads().eventsAfter(0, 100, Long.MAX_VALUE).forEach(fold::apply);
        assertEquals(fold.tickets(), book.tickets(), "the fold of its events");
      }
      assertEquals(SqliteMigrations.FORMAT, number("PRAGMA user_version"));
      try (SqliteJournal again = SqliteJournal.open(directory)) {
        Tailed tailed = Tailed.of(again);
        assertHolds(tailed.book());
        assertInstanceOf(
            Outcome.Appended.class, tailed.append(Facts.create(new UUID(1, 1), 0, "New")));
      }
    }
    assertEquals(0, number("SELECT count(*) FROM sqlite_master WHERE name = 'earlier_ticket'"));
    String indexes = "SELECT count(*) FROM sqlite_master WHERE type = 'index' AND tbl_name = ";
    assertEquals(1, number(indexes + "'event'"), "each index takes a page in almost every change");
  }

  private static void assertHolds(TicketBook book) {
    assertEquals(TITLES, book.stream().map(ticket -> ticket.content().title()).toList());
    for (Ticket ticket : book.tickets()) {
      assertEquals(0, ticket.attempts());
      assertNull(ticket.content().wakeAt());
      assertNull(ticket.content().key());
      assertEquals(0, ticket.content().get(TicketField.RAISED));
    }
    Ticket printer = find(book, "Printer on fire");
    assertEquals("Third floor.", printer.content().description());
    assertEquals(List.of("printer", "緊急"), printer.content().tags());
    assertEquals(1, printer.commentCount());
    assertEquals("calling customer", printer.lock().note());
    Ticket claimed = find(book, "Claimed before");
    assertEquals(claimed.lock().holder(), claimed.content().assignee());
    assertEquals(LockKind.PLAIN, claimed.lock().kind(), "it did not say that a claim took it");
    assertTrue(!find(book, "Closed before").isOpen());
  }

  @Test
  void hasAWitnessFromThenOn() throws Exception {
    writeFormat2();
    try (DataDirectory directory = DataDirectory.open(data)) {
      String journalId;
      try (SqliteJournal journal = SqliteJournal.open(directory)) {
        journalId = journal.journalId();
        assertEquals(8, Facts.head(journal));
        assertEquals(4, Tailed.of(journal).book().size());
        assertTrue(journal.reads().remembers(new ResumePoint(journalId, 8)));
      }
      try (SqliteJournal again = SqliteJournal.open(directory)) {
        assertEquals(journalId, again.journalId());
        Tailed tailed = Tailed.of(again);
        tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "New"));
        assertEquals(9, Facts.head(again), "the start of an upgrade is no unclean end");
      }
      Files.delete(data.resolve("head"));
      JournalException e =
          assertThrows(JournalException.class, () -> SqliteJournal.open(directory).close());
      assertTrue(e.getMessage().contains("is missing"), e.getMessage());
    }
  }

  @Test
  void ofFormat3KeepsItsClaimsAndItsWitness() throws Exception {
    Files.delete(file);
    Files.createFile(file);
    execute(dump("format-3.sql"));
    String journalId = "7ff90140-954c-4c51-a578-ef345282ac40";
    long chain = number("SELECT chain FROM meta");
    Witness.write(data.resolve("head"), new Witness.Record(journalId, 7, chain, 7));
    try (DataDirectory directory = DataDirectory.open(data)) {
      try (SqliteJournal journal = SqliteJournal.open(directory)) {
        Tailed tailed = Tailed.of(journal);
        Ticket claimed = find(tailed.book(), "VPN is down");
        assertEquals(LockKind.RETURNING_CLAIM, claimed.lock().kind());
        assertEquals(1, find(tailed.book(), "Printer on fire").commentCount());
        assertNull(claimed.content().wakeAt());
        tailed.ticketAfter(Facts.raised(new UUID(1, 1), "disk", "full"));
      }
      assertEquals(List.of(), SqliteVerification.ofData(data).problems());
      try (SqliteJournal again = SqliteJournal.open(directory)) {
        assertTrue(Tailed.of(again).book().findByKey("disk").isPresent());
        assertEquals(SqliteMigrations.FORMAT, number("PRAGMA user_version"));
      }
    }
  }

  private void writeFormat2() throws IOException, SQLException {
    Files.delete(file);
    Files.createFile(file);
    execute(dump("format-2.sql"));
  }

  @Test
  void keepsItsOperationsForADayFromTheUpgradeOn() throws Exception {
    writeFormat2();
    UUID claim = UUID.fromString("25949337-69d2-4c95-8544-a70e9e6aa7c3");
    AgentName root = new AgentName("root");
    FakeClock clock = new FakeClock();
    try (DataDirectory directory = DataDirectory.open(data)) {
      try (SqliteJournal journal = SqliteJournal.open(directory, false, World.system(clock))) {
        clock.advance(Duration.ofHours(23));
        Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 1), 0, "New"));
        assertEquals(6, journal.reads().operation(root, claim).orElseThrow().revision());
      }
      try (SqliteJournal journal = SqliteJournal.open(directory, false, World.system(clock))) {
        assertTrue(journal.reads().operation(root, claim).isPresent());
        clock.advance(Duration.ofHours(2));
        Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 2), 0, "New"));
        assertTrue(journal.reads().operation(root, claim).isEmpty());
      }
    }
  }

  @Test
  void isSoundAndCanBeBackedUpAndCompactedAfterwards() throws Exception {
    writeFormat2();
    try (DataDirectory directory = DataDirectory.open(data)) {
      SqliteJournal.open(directory).close();
      assertEquals(List.of(), SqliteVerification.ofData(data).problems());
      try (SqliteJournal journal = SqliteJournal.open(directory)) {
        Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 1), 0, "New"));
        journal.backup(data.resolve("backup"));
      }
      SqliteCompaction.Bound bound = new SqliteCompaction.Bound(null, 1);
      SqliteCompaction.run(directory, bound, World.system());
      assertEquals(List.of(), SqliteVerification.ofData(data).problems());
      SqliteJournal.open(directory).close();
    }
  }

  @Test
  void canBeRestoredFromABackupThatItIs() throws Exception {
    Path target = Files.createDirectory(data.resolve("restored"), PrivateFiles.directoryMode());
    try (DataDirectory directory = DataDirectory.open(target)) {
      SqliteRestore.run(file, directory, World.system());
      assertEquals(List.of(), SqliteVerification.ofData(target).problems());
    }
  }

  /** The witness is written before the upgrade commits; a kill between the two leaves both. */
  @Test
  void isUpgradedAgainAfterAKillBeforeItsCommit() throws Exception {
    writeFormat2();
    String journalId = "d495af92-8e2b-4967-b47f-30c8be062f9f";
    Witness.write(data.resolve("head"), new Witness.Record(journalId, 8, 0, 8));
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      assertEquals(journalId, journal.journalId());
      Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 1), 0, "New"));
      assertEquals(9, Facts.head(journal));
    }
  }

  @Test
  void isRefusedBesideTheWitnessOfALaterState() throws Exception {
    writeFormat2();
    Path saved = Files.copy(file, data.resolve("saved"));
    try (DataDirectory directory = DataDirectory.open(data)) {
      try (SqliteJournal journal = SqliteJournal.open(directory)) {
        Tailed.of(journal).ticketAfter(Facts.create(new UUID(1, 1), 0, "New"));
      }
      Files.copy(saved, file, StandardCopyOption.REPLACE_EXISTING);
      JournalException e =
          assertThrows(JournalException.class, () -> SqliteJournal.open(directory).close());
      assertTrue(e.getMessage().contains("has seen revision 9"), e.getMessage());
      assertEquals(2, number("PRAGMA user_version"));
      try (SqliteJournal journal = SqliteJournal.open(directory, true, World.system())) {
        assertEquals(8, Facts.head(journal));
      }
    }
  }

  @Test
  void staysAsItWasWhenARowIsDamaged() throws SQLException {
    execute("UPDATE ticket SET title = 'Other' WHERE number = 2");
    try (DataDirectory directory = DataDirectory.open(data)) {
      JournalException e =
          assertThrows(JournalException.class, () -> SqliteJournal.open(directory).close());
      assertTrue(e.getMessage().contains("checksum"), e.getMessage());
    }
    assertEquals(1, number("PRAGMA user_version"));
    assertEquals(1, number("SELECT format FROM meta"));
    assertEquals(5, number("SELECT count(*) FROM ticket"));
    assertFalse(Files.exists(data.resolve("head")));
  }
}

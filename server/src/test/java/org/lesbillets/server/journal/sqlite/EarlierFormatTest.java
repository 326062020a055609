package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketBook;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Outcome;
import org.lesbillets.server.journal.Tailed;

/** A journal that the server before this format wrote: format-1.sql is a dump of one. */
final class EarlierFormatTest {
  private static final List<String> TITLES =
      List.of("Printer on fire", "VPN is down", "Claimed before", "Closed before", "Brought");

  @TempDir Path data;
  private Path file;

  @BeforeEach
  void write() throws IOException, SQLException {
    file = data.resolve(SqliteJournal.FILE_NAME);
    Files.createFile(file);
    execute(dump());
  }

  private static String dump() throws IOException {
    try (InputStream in = EarlierFormatTest.class.getResourceAsStream("format-1.sql")) {
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
        assertEquals(head, journal.head());
        TicketBook book = Tailed.of(journal).book();
        assertHolds(book);
        TicketBook fold = new TicketBook();
        journal.reads().eventsAfter(0, 100, Long.MAX_VALUE).forEach(fold::apply);
        assertEquals(fold.tickets(), book.tickets(), "the fold of its events");
      }
      assertEquals(2, number("PRAGMA user_version"));
      try (SqliteJournal again = SqliteJournal.open(directory)) {
        Tailed tailed = Tailed.of(again);
        assertHolds(tailed.book());
        assertInstanceOf(
            Outcome.Appended.class, tailed.append(Facts.create(new UUID(1, 1), 0, "New")));
      }
    }
    assertEquals(0, number("SELECT count(*) FROM sqlite_master WHERE name = 'earlier_ticket'"));
  }

  private static void assertHolds(TicketBook book) {
    assertEquals(TITLES, book.stream().map(ticket -> ticket.content().title()).toList());
    book.stream().forEach(ticket -> assertEquals(0, ticket.attempts()));
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
  }
}

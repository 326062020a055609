package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lesbillets.model.Ticket;
import org.lesbillets.server.journal.DataDirectory;
import org.lesbillets.server.journal.Facts;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Tailed;

/** More tickets than one thread reads at once. */
final class TicketLoadTest {
  private static final int TICKETS = 5_000;

  @TempDir Path data;
  private List<Ticket> written;

  /** What a start does with the tickets. */
  private interface Start {
    void with(SqliteJournal journal) throws SQLException;
  }

  private void started(Start start) throws SQLException {
    try (DataDirectory directory = DataDirectory.open(data);
        SqliteJournal journal = SqliteJournal.open(directory)) {
      start.with(journal);
    }
  }

  private void sql(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve(SqliteJournal.FILE_NAME));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @BeforeEach
  void writeTickets() throws SQLException {
    started(
        journal -> {
          Tailed tailed = Tailed.of(journal);
          List<CompletableFuture<?>> appends = new ArrayList<>();
          for (int i = 1; i <= TICKETS; i++) {
            // Ids and numbers are in no order; revisions are.
            UUID id = new UUID(i * 0x9e3779b97f4a7c15L, i);
            long number = (i * 7_919L) % 1_000_003;
            appends.add(
                journal.append(Facts.create(id, number, "ticket " + i)).toCompletableFuture());
          }
          CompletableFuture.allOf(appends.toArray(CompletableFuture[]::new)).join();
          tailed.ticketAfter(Facts.create(new UUID(1, 1), 0, "last"));
          written = tailed.book().tickets();
        });
    assertEquals(TICKETS + 1, written.size());
  }

  @Test
  void allAreThereInTheOrderOfTheirCreation() throws SQLException {
    started(journal -> assertEquals(written, Tailed.of(journal).book().tickets()));
  }

  @Test
  void oneDamagedRowAmongManyIsNamed() throws SQLException {
    sql("UPDATE ticket SET title = 'x' WHERE born = 3000");
    started(
        journal -> {
          JournalException refused = assertThrows(JournalException.class, () -> Tailed.of(journal));
          assertTrue(refused.getMessage().contains("Row 3000"), refused.getMessage());
        });
  }

  /** The number of rows was right when the journal was opened. */
  @Test
  void aRowThatIsNotGivenIsMissed() throws SQLException {
    started(
        journal -> {
          sql("DELETE FROM ticket WHERE born = 3000");
          JournalException refused = assertThrows(JournalException.class, () -> Tailed.of(journal));
          assertTrue(refused.getMessage().contains("5000 rows of 5001"), refused.getMessage());
        });
  }

  /** Such a key is in no row, and has no checksum: it leads a search back to rows before it. */
  @Test
  void aDamagedKeyOfAnInnerPageEndsTheLoad() throws Exception {
    sql("PRAGMA wal_checkpoint(TRUNCATE)");
    Path file = data.resolve(SqliteJournal.FILE_NAME);
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
    int page = (rootPage() - 1) * content.getShort(16);
    assertEquals(5, content.get(page), "an inner page");
    // A search begins with the cell in the middle; its key of two bytes becomes a high one.
    int key = page + keyOf(content, page, (content.getShort(page + 3) - 1) / 2);
    assertTrue(content.get(key) < 0 && content.get(key + 1) >= 0, "a key of two bytes");
    content.putShort(key, (short) 0xff7f);
    Files.write(file, content.array());
    started(
        journal -> {
          JournalException refused = assertThrows(JournalException.class, () -> Tailed.of(journal));
          assertTrue(refused.getMessage().contains("ticket"), refused.getMessage());
          assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
        });
  }

  /** Where the key of a cell is, behind its four bytes of a page's number. */
  private static int keyOf(ByteBuffer content, int page, int cell) {
    return content.getShort(page + 12 + 2 * cell) + 4;
  }

  private int rootPage() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data.resolve(SqliteJournal.FILE_NAME));
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT rootpage FROM sqlite_master WHERE name = 'ticket'")) {
      return row.getInt(1);
    }
  }
}

package org.lesbillets.server.journal.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SqliteFileTest {
  private static final String FULL = "2";

  @TempDir Path data;

  private static String one(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.getString(1);
    }
  }

  @Test
  void theWriterWaitsForTheDisk() throws SQLException, IOException {
    SqliteFile file = new SqliteFile(data.resolve("journal.db"));
    Files.createFile(file.path());
    try (Connection writing = file.writing()) {
      file.useWriteAheadLog(writing);
      assertEquals("wal", one(writing, "PRAGMA journal_mode"));
      assertEquals(FULL, one(writing, "PRAGMA synchronous"));
      assertEquals("1", one(writing, "PRAGMA fullfsync"));
      assertEquals("1000", one(writing, "PRAGMA busy_timeout"));
    }
  }

  @Test
  void aReaderCannotWrite() throws SQLException, IOException {
    SqliteFile file = new SqliteFile(data.resolve("journal.db"));
    Files.createFile(file.path());
    try (Connection writing = file.writing()) {
      file.useWriteAheadLog(writing);
      new SqliteSchema(writing, file.path()).create("id", 0);
      try (Connection reading = file.reading();
          Statement statement = reading.createStatement()) {
        assertEquals("2000", one(reading, "PRAGMA busy_timeout"));
        assertThrows(SQLException.class, () -> statement.execute("DELETE FROM meta"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "5, held by another program",
    "8, cannot be opened for writing",
    "10, could not be used",
    "11, is damaged",
    "13, the disk is full",
    "14, cannot be opened for writing",
    "26, not an SQLite database",
  })
  void whatSqliteReportsIsSaidInASentence(int code, String said) {
    SQLException trouble = new SQLException("reported", "", code);
    String sentence = SqliteErrorMessages.sentence(Path.of("/data/journal.db"), trouble);
    assertTrue(sentence.contains(said), sentence);
    assertTrue(sentence.contains("/data/journal.db"), sentence);
    assertTrue(sentence.endsWith("."), sentence);
  }

  @ParameterizedTest
  @CsvSource({
    "18, true",
    "19, true",
    "20, true",
    "1, false",
    "10, false",
    "11, false",
    "13, false"
  })
  void onlySomeTroubleEndsWithItsStatement(int code, boolean oneStatement) {
    assertEquals(
        oneStatement,
        SqliteErrorMessages.concernsOneStatement(new SQLException("reported", "", code)));
  }

  @Test
  void revisionsGoOnAboveTheBase() throws SQLException, IOException {
    SqliteFile file = new SqliteFile(data.resolve("journal.db"));
    Files.createFile(file.path());
    try (Connection writing = file.writing()) {
      SqliteSchema schema = new SqliteSchema(writing, file.path());
      schema.create("id", 1_000);
      MetaRow meta = schema.check(0).meta();
      assertEquals(1_001, meta.nextRevision());
      assertEquals(1_002, meta.withEvent(1_001, 7).nextRevision());
      assertEquals(0, meta.head());
    }
  }
}

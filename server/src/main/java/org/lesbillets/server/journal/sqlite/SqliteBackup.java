package org.lesbillets.server.journal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.PrivateFiles;

/**
 * Online backup: a compact copy, made over a separate connection while others write. Any thread.
 */
final class SqliteBackup {
  private SqliteBackup() {}

  /**
   * Writes a private copy, under a temporary name until it is complete.
   *
   * @throws JournalException if {@code target} exists
   */
  static void write(SqliteFile journal, Path target) throws IOException, SQLException {
    if (Files.exists(target)) {
      throw new JournalException(
          "The backup " + target + " exists already: name a file that does not.");
    }
    PrivateFiles.replace(target, part -> copy(journal, part));
  }

  private static void copy(SqliteFile journal, Path part) throws SQLException {
    try (Connection connection = journal.reading();
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, part.toString());
      vacuum.execute();
    }
  }
}

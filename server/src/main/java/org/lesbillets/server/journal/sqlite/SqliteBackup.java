package org.lesbillets.server.journal.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.lesbillets.server.journal.FileErrorMessages;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.JournalReport;
import org.lesbillets.server.journal.PrivateFiles;

/**
 * Online backup: a compact copy of one moment, made over a separate connection while others write.
 * Any thread.
 */
public final class SqliteBackup {
  private SqliteBackup() {}

  /**
   * Writes and checks a private copy of the journal of a data directory, beside a running server or
   * without one. It has its name only when it is complete and sound.
   *
   * @throws JournalException if {@code target} exists or cannot be written, or the journal is
   *     missing or damaged
   */
  public static JournalReport of(Path directory, Path target) {
    return write(new SqliteFile(directory.resolve(SqliteJournal.FILE_NAME)), target);
  }

  static JournalReport write(SqliteFile journal, Path target) {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new JournalException(
          "The backup " + target + " exists already: name a file that does not.");
    }
    JournalReport[] report = new JournalReport[1];
    try {
      PrivateFiles.replace(
          target,
          part -> {
            copy(journal, part);
            report[0] = checked(SqliteVerification.ofBackup(part));
          });
    } catch (IOException e) {
      throw new JournalException(
          "The backup %s could not be written (%s): name another place."
              .formatted(target, FileErrorMessages.why(e)),
          e);
    } catch (SQLException e) {
      throw new JournalException(
          "The backup %s could not be written (%s): make room for it."
              .formatted(target, e.getMessage()),
          e);
    }
    return report[0].of(target);
  }

  /**
   * Copies one moment of a journal.
   *
   * @param target an empty file, or none
   */
  static void copy(SqliteFile journal, Path target) throws SQLException {
    try (Connection connection = journal.existing();
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, target.toString());
      vacuum.execute();
    }
  }

  private static JournalReport checked(JournalReport report) {
    if (!report.isSound()) {
      throw new JournalException(
          "There is no backup, since the journal is damaged. "
              + report.problems().get(0)
              + " All that is wrong with it: billets-server verify.");
    }
    return report;
  }
}

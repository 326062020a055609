package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.lesbillets.server.journal.JournalException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** SQLite's errors as sentences for the server's operator. Pure; any thread. */
final class SqliteErrorMessages {
  private static final Logger LOG = LoggerFactory.getLogger(SqliteErrorMessages.class);
  private static final int BUSY = 5;
  private static final int READ_ONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int CONSTRAINT = 19;
  private static final int NOT_A_DATABASE = 26;

  /** Too big, constraint, mismatch, range: errors of one statement, not of the store. */
  private static final Set<Integer> OF_ONE_STATEMENT = Set.of(18, 19, 20, 25);

  private static final Set<SQLiteErrorCode> CONTRADICTIONS =
      Set.of(
          SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY,
          SQLiteErrorCode.SQLITE_CONSTRAINT_ROWID,
          SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE);

  private SqliteErrorMessages() {}

  /** Whether only the statement failed, and its transaction can be continued. */
  static boolean concernsOneStatement(SQLException trouble) {
    return OF_ONE_STATEMENT.contains(trouble.getErrorCode()) && !isContradiction(trouble);
  }

  /** A key exists that a look-up has not found: an index is damaged. */
  private static boolean isContradiction(SQLException trouble) {
    return trouble instanceof SQLiteException ours && CONTRADICTIONS.contains(ours.getResultCode());
  }

  static boolean isBusy(Exception trouble) {
    return trouble instanceof SQLException sql && sql.getErrorCode() == BUSY;
  }

  /** Whether there is no room for a file, or no place for a temporary one. */
  static boolean isLackOfRoom(SQLException trouble) {
    return trouble.getErrorCode() == FULL
        || trouble.getErrorCode() == CANNOT_OPEN
        || trouble instanceof SQLiteException ours
            && ours.getResultCode() == SQLiteErrorCode.SQLITE_IOERR_SHMSIZE;
  }

  /** Logs what {@link #reason} leaves out. */
  static void log(Exception trouble) {
    if (trouble instanceof SQLException || trouble instanceof JournalException) {
      LOG.debug("what failed", trouble);
    } else {
      LOG.error("the program failed while it wrote to the journal", trouble);
    }
  }

  /** A sentence about whatever ended a write. */
  static String reason(Path file, Exception trouble) {
    if (trouble instanceof SQLException sql) {
      return sentence(file, sql);
    }
    return trouble instanceof JournalException
        ? trouble.getMessage()
        : "The server made a mistake while it wrote to " + file + ": restart it.";
  }

  static JournalException explained(Path file, SQLException trouble) {
    return new JournalException(sentence(file, trouble), trouble);
  }

  static String sentence(Path file, SQLException trouble) {
    return switch (trouble.getErrorCode()) {
      case BUSY ->
          "The journal %s is held by another program: end that program and try again."
              .formatted(file);
      case READ_ONLY, CANNOT_OPEN ->
          ("The journal %s cannot be opened for writing: give this user the right to write to the"
                  + " file and to its directory.")
              .formatted(file);
      case CORRUPT, CONSTRAINT -> damaged("The journal " + file, trouble.getMessage()).getMessage();
      case FULL ->
          "The journal %s cannot grow, the disk is full: make room and start again."
              .formatted(file);
      case NOT_A_DATABASE -> notSqlite(file);
      default ->
          ("The journal %s could not be used (%s): look after the disk and the file, and start"
                  + " again.")
              .formatted(file, trouble.getMessage());
    };
  }

  static String notSqlite(Path file) {
    return ("The file %s is not an SQLite database, and so no journal: move it away to start with"
            + " an empty journal, or put a backup of the journal in its place.")
        .formatted(file);
  }

  /** The only sentence about damage: nothing is dropped or repaired without the operator. */
  static JournalException damaged(String what, String why) {
    return new JournalException(
        ("%s is damaged (%s): nothing was changed; keep a copy of the data directory, then put a"
                + " backup of the journal in its place.")
            .formatted(what, why));
  }
}

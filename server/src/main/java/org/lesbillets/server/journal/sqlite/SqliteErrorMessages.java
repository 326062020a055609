package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Set;
import org.lesbillets.server.journal.JournalException;

/** What SQLite reports, as sentences for whoever runs the server. Pure; any thread. */
final class SqliteErrorMessages {
  static final int BUSY = 5;
  private static final int READ_ONLY = 8;
  private static final int CORRUPT = 11;
  private static final int FULL = 13;
  private static final int CANNOT_OPEN = 14;
  private static final int NOT_A_DATABASE = 26;

  /** Too big, constraint, mismatch, range: about one statement, not about the store. */
  private static final Set<Integer> OF_ONE_STATEMENT = Set.of(18, 19, 20, 25);

  private SqliteErrorMessages() {}

  /** Whether only the statement failed, and the transaction around it can go on. */
  static boolean concernsOneStatement(SQLException trouble) {
    return OF_ONE_STATEMENT.contains(trouble.getErrorCode());
  }

  static JournalException explained(Path file, SQLException trouble) {
    return new JournalException(sentence(file, trouble), trouble);
  }

  static String sentence(Path file, SQLException trouble) {
    return switch (trouble.getErrorCode()) {
      case BUSY ->
          "The journal " + file + " is held by another program: end that program and try again.";
      case READ_ONLY, CANNOT_OPEN ->
          "The journal "
              + file
              + " cannot be opened for writing: give this user the right to write to the file and"
              + " to its directory.";
      case CORRUPT -> damaged("The journal " + file, trouble.getMessage()).getMessage();
      case FULL ->
          "The journal " + file + " cannot grow, the disk is full: make room and start again.";
      case NOT_A_DATABASE -> notSqlite(file);
      default ->
          "The journal "
              + file
              + " could not be used ("
              + trouble.getMessage()
              + "): look after the disk and the file, and start again.";
    };
  }

  static String notSqlite(Path file) {
    return "The file "
        + file
        + " is not an SQLite database, and so no journal: move it away to start with an empty"
        + " journal, or put a backup of the journal in its place.";
  }

  /** The one sentence about damage; nothing is ever dropped or mended without being asked. */
  static JournalException damaged(String what, String why) {
    return new JournalException(
        what
            + " is damaged ("
            + why
            + "): nothing was changed; keep a copy of the data directory, then put a backup of the"
            + " journal in its place.");
  }
}

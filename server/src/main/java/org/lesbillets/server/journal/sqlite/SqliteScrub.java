package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Removes from the files of the journal what no row holds any more: pages that were replaced, free
 * space, and the write-ahead log. The writer's thread, outside of a transaction; rewrites the whole
 * file, for which it needs its size twice: among the temporary files, and in the log.
 *
 * <pre>
 *   CLEAN --- begin ---> TO BE REWRITTEN -- log emptied, VACUUM --> LOG TO BE EMPTIED --+
 *     ^                       ^ | reader, no room                       ^ | reader      |
 *     |                       +-+                                       +-+             |
 *     +---------------------- log emptied, and synced ----------------------------------+
 * </pre>
 */
final class SqliteScrub {
  private static final Obstacle READERS =
      new Obstacle(
          "a program that reads the journal (a backup, a check) keeps its log: let it end",
          Duration.ofSeconds(5),
          Duration.ofMillis(500));

  private static final Duration SHORTAGE = Duration.ofMinutes(1);

  /** Doublings of the pause after rewrites that ran out of room: to an hour or so. */
  private static final int DOUBLINGS = 6;

  private final StatementCache statements;
  private final SqliteFile file;
  private boolean rewrite;
  private boolean due;

  /** What must be more before another rewrite has a chance, in bytes; 0 if none ran out of room. */
  private long shortBytes;

  private int shortages;

  /** Of the log, as long as it has a whole rewrite in it. */
  private volatile long logPages;

  /**
   * What is in the way.
   *
   * @param patience after which it is worth telling who waits
   * @param pause before the next attempt
   */
  record Obstacle(String reason, Duration patience, Duration pause) {
    private static Obstacle noRoom(Path file, Duration pause) {
      return new Obstacle(
          ("there is no room to rewrite %s: it needs its size among the temporary files"
                  + " (SQLITE_TMPDIR, TMPDIR or /var/tmp), and as much beside it")
              .formatted(file),
          Duration.ZERO,
          pause);
    }
  }

  SqliteScrub(StatementCache statements, SqliteFile file) {
    this.statements = statements;
    this.file = file;
  }

  /** Something was removed from rows, or may have been. */
  void begin() {
    rewrite = true;
    due = true;
  }

  boolean isDue() {
    return due;
  }

  /** Whether an attempt is worth its cost before the pause is over: there is more room. */
  boolean hasNewChance() {
    return shortBytes == 0 || file.roomForRewrite() > shortBytes;
  }

  /** The size of a log that is as long only because the file was rewritten; else 0. Any thread. */
  long logPages() {
    return logPages;
  }

  /**
   * Does as much as is possible now.
   *
   * @return what is in the way; null if nothing is due any more
   * @throws SQLException if the disk fails
   * @throws org.lesbillets.server.journal.JournalException if the log cannot be synced
   */
  Obstacle attempt() throws SQLException {
    // Else each attempt would make a log longer that cannot be emptied.
    if (!statements.emptyLog()) {
      return READERS;
    }
    logPages = 0;
    if (rewrite) {
      Obstacle obstacle = rewrite();
      if (obstacle != null) {
        return obstacle;
      }
      if (!statements.emptyLog()) {
        logPages = statements.logPages();
        return READERS;
      }
    }
    file.forceLog();
    due = false;
    return null;
  }

  private Obstacle rewrite() throws SQLException {
    long needed = statements.contentBytes();
    long room = file.roomForRewrite();
    if (room < needed) {
      shortBytes = needed - 1;
      return Obstacle.noRoom(file.path(), SHORTAGE);
    }
    try {
      statements.vacuum();
      rewrite = false;
      shortBytes = 0;
      shortages = 0;
      return null;
    } catch (SQLException e) {
      if (SqliteErrorMessages.isBusy(e)) {
        return READERS;
      }
      if (!SqliteErrorMessages.isLackOfRoom(e)) {
        throw e;
      }
      // Gives back what the attempt has added to the log.
      statements.emptyLog();
      shortBytes = room + needed / 8;
      Duration pause = SHORTAGE.multipliedBy(1L << Math.min(shortages, DOUBLINGS));
      shortages++;
      return Obstacle.noRoom(file.path(), pause);
    }
  }
}

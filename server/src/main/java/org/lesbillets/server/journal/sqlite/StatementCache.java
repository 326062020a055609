package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.lesbillets.server.journal.JournalException;
import org.sqlite.ProgressHandler;

/**
 * A connection with its prepared statements, cached by their text. One thread at a time; as many
 * entries as there are different statements in the code.
 */
final class StatementCache implements AutoCloseable {
  private static final int CHECK_STEP = 500;

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  StatementCache(Connection connection) {
    this.connection = connection;
  }

  PreparedStatement statement(String sql) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /**
   * Rewrites the file without its free space, outside of a transaction. SQLite wants no other
   * statement to exist that was run: they are compiled again when they are needed.
   */
  void vacuum() throws SQLException {
    for (PreparedStatement statement : statements.values()) {
      statement.close();
    }
    statements.clear();
    try (Statement statement = connection.createStatement()) {
      statement.execute("VACUUM");
    }
  }

  /** The size of the file without its free space, in bytes. */
  long contentBytes() throws SQLException {
    return (number("page_count") - number("freelist_count")) * number("page_size");
  }

  /** The pages of the write-ahead log. */
  long logPages() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(NOOP)")) {
      row.next();
      return row.getLong(2);
    }
  }

  private long number(String pragma) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + pragma)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Empties the write-ahead log; returns whether no reader was in the way for 50 ms. */
  boolean emptyLog() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 50");
      try (ResultSet row = statement.executeQuery("PRAGMA wal_checkpoint(TRUNCATE)")) {
        return row.next() && row.getLong(1) == 0 && row.getLong(2) <= 0;
      } finally {
        statement.execute("PRAGMA busy_timeout = " + SqliteFile.WRITER_BUSY_MILLIS);
      }
    }
  }

  /**
   * Compares the indexes of a table with its rows: some 5 µs a row of a file that is in memory.
   *
   * @param file named in the sentence
   * @param stopped asked every {@value #CHECK_STEP} instructions of SQLite, some 0.1 ms
   * @throws JournalException if they differ
   * @throws SQLException also if it was stopped
   */
  void checkIndexes(String table, Path file, BooleanSupplier stopped) throws SQLException {
    ProgressHandler.setHandler(
        connection,
        CHECK_STEP,
        new ProgressHandler() {
          @Override
          protected int progress() {
            return stopped.getAsBoolean() ? 1 : 0;
          }
        });
    // Of its own: the driver forgets a statement that was interrupted.
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery("PRAGMA integrity_check(" + table + ")")) {
      if (found.next() && !"ok".equals(found.getString(1))) {
        throw SqliteErrorMessages.damaged("The table " + table + " of " + file, found.getString(1));
      }
    } finally {
      ProgressHandler.clearHandler(connection);
    }
  }

  /**
   * A comparison of indexes with their rows, which runs once. One thread runs it; any may ask for
   * it, wait for what it finds, and stop it.
   */
  static final class IndexCheck {
    private final CompletableFuture<String> found = new CompletableFuture<>();
    private final Check check;
    private final Path file;
    private final Consumer<String> onDamage;
    private final Runnable wake;
    private volatile boolean due;
    private volatile boolean stopped;

    /** Whether it was stopped before its end. */
    private boolean abandoned;

    /** Fails with the damage it finds, or soon after it is stopped. */
    interface Check {
      void run(BooleanSupplier stopped) throws SQLException;
    }

    /**
     * @param wake callback when it is due: has its thread {@link #run} it
     */
    IndexCheck(Check check, Path file, Consumer<String> onDamage, Runnable wake) {
      this.check = check;
      this.file = file;
      this.onDamage = onDamage;
      this.wake = wake;
    }

    /** Makes it due, if it was not; completed with the damage, or null. Any thread. */
    synchronized CompletableFuture<String> demand() {
      if (!due) {
        due = true;
        wake.run();
      }
      return found;
    }

    /**
     * Runs it, if it is due or {@code needed} and has not run.
     *
     * @return false if it was stopped before its end, so that nothing is known
     */
    boolean run(boolean needed) {
      if ((due || needed) && !found.isDone()) {
        String damage = stopped ? null : damage();
        abandoned = stopped;
        if (abandoned) {
          found.complete("The journal " + file + " is closed: start the server again.");
        } else {
          end(damage);
        }
      }
      return !abandoned;
    }

    private String damage() {
      try {
        check.run(() -> stopped);
        return null;
      } catch (SQLException | JournalException e) {
        return SqliteErrorMessages.reason(file, e);
      }
    }

    /** Stops it for good, since the journal is closed; the next start repeats it. Any thread. */
    void stop() {
      stopped = true;
    }

    /** Ends it with the damage; null for none. */
    void end(String damage) {
      if (damage != null) {
        onDamage.accept(damage);
      }
      found.complete(damage);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

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
import java.util.function.Consumer;
import org.lesbillets.server.journal.JournalException;

/**
 * A connection with its prepared statements, cached by their text. One thread at a time; as many
 * entries as there are different statements in the code.
 */
final class StatementCache implements AutoCloseable {
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
   * @throws JournalException if they differ
   */
  void checkIndexes(String table, Path file) throws SQLException {
    try (ResultSet found = statement("PRAGMA integrity_check(" + table + ")").executeQuery()) {
      if (found.next() && !"ok".equals(found.getString(1))) {
        throw SqliteErrorMessages.damaged("The table " + table + " of " + file, found.getString(1));
      }
    }
  }

  /**
   * A comparison of indexes with their rows, which runs once. One thread runs it; any may ask for
   * it, and wait for what it finds.
   */
  static final class IndexCheck {
    private final CompletableFuture<String> found = new CompletableFuture<>();
    private final Check check;
    private final Path file;
    private final Consumer<String> onDamage;
    private final Runnable wake;
    private volatile boolean due;

    /** Fails with the damage it finds. */
    interface Check {
      void run() throws SQLException;
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

    /** Runs it, if it is due or {@code needed} and has not run. */
    void run(boolean needed) {
      if ((due || needed) && !found.isDone()) {
        end(damage());
      }
    }

    private String damage() {
      try {
        check.run();
        return null;
      } catch (SQLException | JournalException e) {
        return SqliteErrorMessages.reason(file, e);
      }
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

package org.lesbillets.server.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.lesbillets.server.journal.JournalException;

/**
 * A few connections that read. Any thread borrows one, and waits up to 30 s for it when all are in
 * use.
 */
final class SqliteReaderPool implements AutoCloseable {
  private static final int CONNECTIONS = 3;
  private static final int PATIENCE_SECONDS = 30;

  private final SqliteFile file;
  private final BlockingQueue<Reader> idle = new ArrayBlockingQueue<>(CONNECTIONS);
  private volatile boolean closed;

  /** A connection and the statements prepared on it; one thread at a time. */
  static final class Reader {
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    private Reader(Connection connection) {
      this.connection = connection;
    }

    /** The statement of {@code sql}, prepared once. */
    PreparedStatement statement(String sql) throws SQLException {
      PreparedStatement statement = statements.get(sql);
      if (statement == null) {
        statement = connection.prepareStatement(sql);
        statements.put(sql, statement);
      }
      return statement;
    }
  }

  /** Something to read. */
  interface Reading<T> {
    T from(Reader reader) throws SQLException;
  }

  private SqliteReaderPool(SqliteFile file) {
    this.file = file;
  }

  static SqliteReaderPool open(SqliteFile file) throws SQLException {
    SqliteReaderPool reads = new SqliteReaderPool(file);
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        reads.idle.add(new Reader(file.reading()));
      }
    } catch (SQLException e) {
      reads.close();
      throw e;
    }
    return reads;
  }

  /**
   * Reads with a connection nobody else uses meanwhile.
   *
   * @throws JournalException if it cannot be read
   */
  <T> T read(Reading<T> reading) {
    Reader reader = borrow();
    try {
      return reading.from(reader);
    } catch (SQLException e) {
      throw SqliteErrorMessages.explained(file.path(), e);
    } finally {
      giveBack(reader);
    }
  }

  private Reader borrow() {
    try {
      Reader reader = closed ? null : idle.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (reader == null) {
        throw new JournalException(
            "The journal "
                + file.path()
                + (closed
                    ? " is closed: start the server again."
                    : " is read by too many at once: try again."));
      }
      return reader;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JournalException("Reading the journal was interrupted: try again.", e);
    }
  }

  private synchronized void giveBack(Reader reader) {
    idle.add(reader);
    if (closed) {
      closeIdle();
    }
  }

  /** Closes what is idle now, and the others when they are given back. */
  @Override
  public synchronized void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    List<Reader> unused = new ArrayList<>();
    idle.drainTo(unused);
    for (Reader reader : unused) {
      try {
        reader.connection.close();
      } catch (SQLException e) {
        throw SqliteErrorMessages.explained(file.path(), e);
      }
    }
  }
}

package org.lesbillets.server.journal.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.lesbillets.server.journal.JournalException;

/**
 * A pool of three reading connections. Any thread borrows one, with a timeout of 30 s when all are
 * in use.
 */
final class SqliteReaderPool implements AutoCloseable {
  private static final int CONNECTIONS = 3;
  private static final int BORROW_SECONDS = 30;

  private final SqliteFile file;
  private final BlockingQueue<StatementCache> idle = new ArrayBlockingQueue<>(CONNECTIONS);
  private volatile boolean closed;

  /** A read over a borrowed connection. */
  interface Reading<T> {
    T from(StatementCache reader) throws SQLException;
  }

  private SqliteReaderPool(SqliteFile file) {
    this.file = file;
  }

  static SqliteReaderPool open(SqliteFile file) throws SQLException {
    SqliteReaderPool reads = new SqliteReaderPool(file);
    try {
      for (int i = 0; i < CONNECTIONS; i++) {
        StatementCache reader = new StatementCache(file.reading());
        reads.idle.add(reader);
        // Opens the files now: what is read later is read from these, wherever their names lead.
        reader.statement("SELECT count(*) FROM meta").executeQuery().close();
      }
    } catch (SQLException e) {
      reads.close();
      throw e;
    }
    return reads;
  }

  SqliteFile file() {
    return file;
  }

  /**
   * Reads over a connection borrowed for the time of the call.
   *
   * @throws JournalException if it cannot be read
   */
  <T> T read(Reading<T> reading) {
    StatementCache reader = borrow();
    try {
      return reading.from(reader);
    } catch (SQLException e) {
      throw SqliteErrorMessages.explained(file.path(), e);
    } finally {
      giveBack(reader);
    }
  }

  /** As {@link #read}, all of its statements as of one moment: a redaction changes old events. */
  <T> T readAtOnce(Reading<T> reading) {
    return read(
        reader -> {
          reader.statement("BEGIN").execute();
          try {
            return reading.from(reader);
          } finally {
            // Ends a transaction that only reads, whatever became of it.
            reader.statement("ROLLBACK").execute();
          }
        });
  }

  private StatementCache borrow() {
    try {
      StatementCache reader = closed ? null : idle.poll(BORROW_SECONDS, TimeUnit.SECONDS);
      if (reader == null) {
        String trouble =
            closed
                ? "is closed: start the server again."
                : "is read by too many at once: try again.";
        throw JournalException.passing("The journal %s %s".formatted(file.path(), trouble), null);
      }
      return reader;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw JournalException.passing("Reading the journal was interrupted: try again.", e);
    }
  }

  private synchronized void giveBack(StatementCache reader) {
    idle.add(reader);
    if (closed) {
      closeIdle();
    }
  }

  /** Closes the idle connections now, and the others when they are returned. */
  @Override
  public synchronized void close() {
    closed = true;
    closeIdle();
  }

  private void closeIdle() {
    List<StatementCache> unused = new ArrayList<>();
    idle.drainTo(unused);
    for (StatementCache reader : unused) {
      try {
        reader.close();
      } catch (SQLException e) {
        throw SqliteErrorMessages.explained(file.path(), e);
      }
    }
  }
}

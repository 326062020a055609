package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.lesbillets.model.AgentName;
import org.lesbillets.server.journal.JournalException;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.RecordedOperation;
import org.lesbillets.server.journal.sqlite.row.RowReader;
import org.lesbillets.server.journal.sqlite.row.RowWriter;
import org.lesbillets.server.journal.sqlite.row.UuidBytes;

/** A row of the table {@code operation}: a recorded idempotency key. Immutable. */
record OperationRow(String agent, byte[] id, String fingerprint, long revision) {
  private static final String COLUMNS = "agent, id, fingerprint, revision, at, for_ever, checksum";

  /** Inserts nothing if the key is recorded. */
  static final String INSERT =
      "INSERT INTO operation ("
          + COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (agent, id) DO NOTHING";

  static final String FIND = "SELECT " + COLUMNS + " FROM operation WHERE agent = ? AND id = ?";

  static final String SELECT_ALL = "SELECT " + COLUMNS + " FROM operation";

  /** The keys that expire. */
  static final String SELECT_EXPIRING =
      "SELECT " + COLUMNS + ", rowid FROM operation WHERE for_ever = 0";

  static final String SELECT_WITH_ROWID = "SELECT " + COLUMNS + ", rowid FROM operation";

  /** Index of the column with the revision. */
  static final int REVISION = 4;

  static final String UPDATE =
      "UPDATE operation SET agent = ?1, id = ?2, fingerprint = ?3, revision = ?4, at = ?5,"
          + " for_ever = ?6, checksum = ?7 WHERE rowid = ?8";

  /** Deletes a batch of expired operations, the oldest first. */
  static final String PURGE =
      "DELETE FROM operation WHERE rowid IN (SELECT rowid FROM operation"
          + " WHERE for_ever = 0 AND at < ? ORDER BY at LIMIT ?)";

  /**
   * Binds the columns.
   *
   * @param atMillis when it was recorded, in {@link MetaRow#ranMillis}
   */
  static void bind(PreparedStatement statement, Operation operation, long revision, long atMillis)
      throws SQLException {
    new RowWriter(statement, "operation")
        .text(operation.agent())
        .id(operation.id())
        .text(operation.fingerprint())
        .integer(revision)
        .integer(atMillis)
        .integer(operation.forEver() ? 1 : 0)
        .seal();
  }

  /**
   * Binds an {@link #UPDATE} that has the key of a {@link #SELECT_EXPIRING} expire a day from the
   * start of {@link MetaRow#ranMillis}.
   *
   * @throws JournalException if the row is damaged
   */
  static void bindRestarted(PreparedStatement update, ResultSet rows, Path file)
      throws SQLException {
    OperationRow row = read(rows, file);
    AgentName agent = new AgentName(row.agent);
    bind(
        update,
        new Operation(agent, UuidBytes.of(row.id), row.fingerprint, false),
        row.revision,
        0);
    update.setLong(8, rows.getLong(8));
  }

  /** Whether the row of a {@link #SELECT_WITH_ROWID} is of an operation that creates. */
  static boolean isForEver(ResultSet rows) throws SQLException {
    return rows.getLong(6) != 0;
  }

  /**
   * Binds an {@link #UPDATE} that forgets what the request of a {@link #SELECT_WITH_ROWID} said.
   *
   * @throws JournalException if the row is damaged
   */
  static void bindForgotten(PreparedStatement update, ResultSet rows, Path file)
      throws SQLException {
    OperationRow row = read(rows, file);
    boolean forEver = isForEver(rows);
    bind(
        update,
        new Operation(
            new AgentName(row.agent), UuidBytes.of(row.id), RecordedOperation.REDACTED, forEver),
        row.revision,
        rows.getLong(5));
    update.setLong(8, rows.getLong(8));
  }

  /**
   * Decodes the row of a SELECT of this class.
   *
   * @throws JournalException if the row is damaged
   */
  static OperationRow read(ResultSet rows, Path file) throws SQLException {
    RowReader row = new RowReader(rows, "operation");
    OperationRow read = new OperationRow(row.text(), row.blob(), row.text(), row.integer());
    row.integer();
    row.integer();
    if (!row.sealed()) {
      byte[] id = read.id;
      Object named = id != null && id.length == 16 ? UuidBytes.of(id) : "an id that is none";
      throw SqliteErrorMessages.damaged(
          "Row " + read.agent + ", " + named + " of the table operation in " + file,
          "its checksum does not match");
    }
    return read;
  }

  /**
   * @throws JournalException if the row is damaged
   */
  static Optional<RecordedOperation> find(
      PreparedStatement find, AgentName agent, UUID id, Path file) throws SQLException {
    find.setString(1, agent.value());
    find.setBytes(2, UuidBytes.bytes(id));
    try (ResultSet rows = find.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      OperationRow row = read(rows, file);
      return Optional.of(new RecordedOperation(row.fingerprint, row.revision));
    }
  }
}

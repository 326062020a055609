package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.lesbillets.model.AgentName;
import org.lesbillets.server.journal.Operation;
import org.lesbillets.server.journal.RecordedOperation;

/** The table {@code operation}: recorded idempotency keys. Stateless. */
final class OperationRow {
  private static final String COLUMNS = "agent, id, fingerprint, revision, at, for_ever, checksum";
  static final String INSERT =
      "INSERT INTO operation (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?)";
  static final String FIND = "SELECT " + COLUMNS + " FROM operation WHERE agent = ? AND id = ?";

  /** Deletes a batch of expired operations, the oldest first. */
  static final String PURGE =
      "DELETE FROM operation WHERE rowid IN (SELECT rowid FROM operation"
          + " WHERE for_ever = 0 AND at < ? ORDER BY at LIMIT ?)";

  private OperationRow() {}

  static void bind(PreparedStatement statement, Operation operation, long revision, Instant at)
      throws SQLException {
    new RowWriter(statement, "operation")
        .text(operation.agent())
        .id(operation.id())
        .text(operation.fingerprint())
        .integer(revision)
        .time(at)
        .integer(operation.forEver() ? 1 : 0)
        .seal();
  }

  /**
   * @throws org.lesbillets.server.journal.JournalException if the row is damaged
   */
  static Optional<RecordedOperation> find(
      PreparedStatement find, AgentName agent, UUID id, Path file) throws SQLException {
    find.setString(1, agent.value());
    find.setBytes(2, UuidBytes.bytes(id));
    try (ResultSet rows = find.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      RowReader row = new RowReader(rows, "operation");
      row.text();
      row.blob();
      RecordedOperation recorded = new RecordedOperation(row.text(), row.integer());
      row.integer();
      row.integer();
      if (!row.sealed()) {
        throw SqliteErrorMessages.damaged(
            "Row " + agent + ", " + id + " of the table operation in " + file,
            "its checksum does not match");
      }
      return Optional.of(recorded);
    }
  }
}

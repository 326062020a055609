package org.lesbillets.server.journal.sqlite.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/**
 * Writer of a row: binds its columns in order, then their checksum. Not thread-safe; for one row.
 */
public final class RowWriter {
  private final PreparedStatement statement;
  private final RowChecksum checksum;
  private int column;

  public RowWriter(PreparedStatement statement, String table) {
    this.statement = statement;
    this.checksum = new RowChecksum(table.getBytes(UTF_8));
  }

  public RowWriter integer(long value) throws SQLException {
    checksum.integer(value);
    statement.setLong(++column, value);
    return this;
  }

  public RowWriter time(Instant value) throws SQLException {
    return integer(value.toEpochMilli());
  }

  /**
   * @param value its text is what is written; null is NULL
   */
  public RowWriter text(Object value) throws SQLException {
    String text = value == null ? null : value.toString();
    checksum.bytes(text == null ? null : text.getBytes(UTF_8));
    statement.setString(++column, text);
    return this;
  }

  public RowWriter blob(byte[] value) throws SQLException {
    checksum.bytes(value);
    statement.setBytes(++column, value);
    return this;
  }

  public RowWriter id(UUID value) throws SQLException {
    return blob(UuidBytes.bytes(value));
  }

  /** Binds the checksum of all columns so far, and returns it. */
  public long seal() throws SQLException {
    statement.setLong(++column, checksum.value());
    return checksum.value();
  }
}

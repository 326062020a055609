package org.lesbillets.server.journal.sqlite.row;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;

/** Reader of a row: its columns in order, then their checksum. Not thread-safe; for one row. */
public final class RowReader {
  private final ResultSet row;
  private final RowChecksum checksum;
  private int column;

  public RowReader(ResultSet row, String table) {
    this.row = row;
    this.checksum = new RowChecksum(table.getBytes(UTF_8));
  }

  public long integer() throws SQLException {
    long value = row.getLong(++column);
    checksum.integer(value);
    return value;
  }

  public Instant time() throws SQLException {
    return Instant.ofEpochMilli(integer());
  }

  /** The text, or null for NULL. */
  public String text() throws SQLException {
    byte[] value = blob();
    return value == null ? null : new String(value, UTF_8);
  }

  public byte[] blob() throws SQLException {
    byte[] value = row.getBytes(++column);
    checksum.bytes(value);
    return value;
  }

  public UUID id() throws SQLException {
    return UuidBytes.of(blob());
  }

  /** Whether the next column is the checksum of those before it. */
  public boolean sealed() throws SQLException {
    return row.getLong(++column) == checksum.value();
  }
}

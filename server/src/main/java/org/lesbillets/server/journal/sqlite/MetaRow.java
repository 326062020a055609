package org.lesbillets.server.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The only row of the table {@code meta}, replaced in each transaction. Immutable.
 *
 * @param format version of the file's layout
 * @param base revisions of earlier histories; new ones are above it
 * @param head revision of the last event; 0 before the first
 * @param events how many rows the table {@code event} has
 * @param tickets how many rows the table {@code ticket} has
 * @param lastNumber the highest ticket number ever used
 */
record MetaRow(
    long format,
    String journalId,
    long base,
    long head,
    long events,
    long tickets,
    long lastNumber) {

  private static final String COLUMNS =
      "format, journal_id, base, head, events, tickets, last_number, checksum";
  static final String INSERT =
      "INSERT OR REPLACE INTO meta ("
          + COLUMNS
          + ", only) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 1)";

  long nextRevision() {
    return Math.max(head, base) + 1;
  }

  MetaRow withFormat(long format) {
    return new MetaRow(format, journalId, base, head, events, tickets, lastNumber);
  }

  MetaRow withEvent(long revision) {
    return new MetaRow(format, journalId, base, revision, events + 1, tickets, lastNumber);
  }

  MetaRow withTicket(long number) {
    return new MetaRow(
        format, journalId, base, head, events, tickets + 1, Math.max(lastNumber, number));
  }

  void bind(PreparedStatement statement) throws SQLException {
    new RowWriter(statement, "meta")
        .integer(format)
        .text(journalId)
        .integer(base)
        .integer(head)
        .integer(events)
        .integer(tickets)
        .integer(lastNumber)
        .seal();
  }

  /** The row, or null if it is missing or damaged. */
  static MetaRow read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + COLUMNS + " FROM meta")) {
      if (!rows.next()) {
        return null;
      }
      RowReader row = new RowReader(rows, "meta");
      MetaRow meta =
          new MetaRow(
              row.integer(),
              row.text(),
              row.integer(),
              row.integer(),
              row.integer(),
              row.integer(),
              row.integer());
      return row.sealed() ? meta : null;
    }
  }
}

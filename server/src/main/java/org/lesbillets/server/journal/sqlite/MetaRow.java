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
 * @param chain {@linkplain RowChecksum#chained chained checksum} of the events up to the head; 0
 *     before format 3
 * @param ranMillis how long the journal was open, in all, by the monotonic clock: the time by which
 *     idempotency keys expire; 0 before format 3
 */
record MetaRow(
    long format,
    String journalId,
    long base,
    long head,
    long events,
    long tickets,
    long lastNumber,
    long chain,
    long ranMillis) {

  private static final String FIRST_COLUMNS =
      "format, journal_id, base, head, events, tickets, last_number, ";
  private static final String COLUMNS = FIRST_COLUMNS + "chain, ran_millis, checksum";
  static final String INSERT =
      "INSERT OR REPLACE INTO meta ("
          + COLUMNS
          + ", only) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, 1)";

  long nextRevision() {
    return Math.max(head, base) + 1;
  }

  /** The row of an empty journal. */
  static MetaRow first(String journalId, long base) {
    return new MetaRow(SqliteMigrations.FORMAT, journalId, base, 0, 0, 0, 0, 0, 0);
  }

  MetaRow withFormat(long format) {
    return new MetaRow(
        format, journalId, base, head, events, tickets, lastNumber, chain, ranMillis);
  }

  /** The same tickets as another history, whose revisions are above {@code base}. */
  MetaRow withHistory(String journalId, long base) {
    return new MetaRow(
        format, journalId, base, head, events, tickets, lastNumber, chain, ranMillis);
  }

  /**
   * With one more event.
   *
   * @param checksum of its row
   */
  MetaRow withEvent(long revision, long checksum) {
    long chained = RowChecksum.chained(chain, checksum);
    return new MetaRow(
        format, journalId, base, revision, events + 1, tickets, lastNumber, chained, ranMillis);
  }

  MetaRow withTicket(long number) {
    long last = Math.max(lastNumber, number);
    return new MetaRow(format, journalId, base, head, events, tickets + 1, last, chain, ranMillis);
  }

  MetaRow withRanMillis(long ranMillis) {
    return new MetaRow(
        format, journalId, base, head, events, tickets, lastNumber, chain, ranMillis);
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
        .integer(chain)
        .integer(ranMillis)
        .seal();
  }

  /**
   * The row, or null if it is missing or damaged.
   *
   * @param format of the file
   */
  static MetaRow read(Connection connection, long format) throws SQLException {
    boolean witnessed = format >= SqliteMigrations.WITNESSED;
    String columns = witnessed ? COLUMNS : FIRST_COLUMNS + "checksum";
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM meta")) {
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
              row.integer(),
              witnessed ? row.integer() : 0,
              witnessed ? row.integer() : 0);
      return row.sealed() ? meta : null;
    }
  }
}

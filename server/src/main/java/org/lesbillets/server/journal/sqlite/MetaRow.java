package org.lesbillets.server.journal.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.lesbillets.server.journal.sqlite.row.RowChecksum;
import org.lesbillets.server.journal.sqlite.row.RowReader;
import org.lesbillets.server.journal.sqlite.row.RowWriter;

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
 * @param compacted up to where history was dropped
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
    long ranMillis,
    Compacted compacted) {

  /**
   * A place in the history before which events may be missing.
   *
   * @param revision of the last event that was dropped; 0 if none was
   * @param chain chained checksum of the events up to it, those included that were dropped
   */
  record Compacted(long revision, long chain) {
    static final Compacted NOTHING = new Compacted(0, 0);
  }

  private static final String FIRST_COLUMNS =
      "format, journal_id, base, head, events, tickets, last_number, ";
  private static final String COLUMNS =
      FIRST_COLUMNS + "chain, ran_millis, dropped, dropped_chain, checksum";
  static final String INSERT =
      "INSERT OR REPLACE INTO meta ("
          + COLUMNS
          + ", only) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 1)";

  long nextRevision() {
    return Math.max(head, base) + 1;
  }

  /** The row of an empty journal. */
  static MetaRow first(String journalId, long base) {
    return new MetaRow(
        SqliteMigrations.FORMAT, journalId, base, 0, 0, 0, 0, 0, 0, Compacted.NOTHING);
  }

  /** The same row in another format, which may compute the chained checksum otherwise. */
  MetaRow withFormat(long format, long chain) {
    return new MetaRow(
        format, journalId, base, head, events, tickets, lastNumber, chain, ranMillis, compacted);
  }

  /** The same tickets as another history, whose revisions are above {@code base}. */
  MetaRow withHistory(String journalId, long base) {
    return new MetaRow(
        format, journalId, base, head, events, tickets, lastNumber, chain, ranMillis, compacted);
  }

  /**
   * With one more event.
   *
   * @param checksum of its row
   */
  MetaRow withEvent(long revision, long checksum) {
    long next = RowChecksum.chained(chain, checksum);
    long more = events + 1;
    return new MetaRow(
        format, journalId, base, revision, more, tickets, lastNumber, next, ranMillis, compacted);
  }

  MetaRow withTicket(long number) {
    long last = Math.max(lastNumber, number);
    long more = tickets + 1;
    return new MetaRow(
        format, journalId, base, head, events, more, last, chain, ranMillis, compacted);
  }

  MetaRow withRanMillis(long ranMillis) {
    return new MetaRow(
        format, journalId, base, head, events, tickets, lastNumber, chain, ranMillis, compacted);
  }

  /**
   * With fewer events.
   *
   * @param events how many are left
   */
  MetaRow withCompacted(Compacted compacted, long events) {
    return new MetaRow(
        format, journalId, base, head, events, tickets, lastNumber, chain, ranMillis, compacted);
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
        .integer(compacted.revision())
        .integer(compacted.chain())
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
              witnessed ? row.integer() : 0,
              witnessed ? new Compacted(row.integer(), row.integer()) : Compacted.NOTHING);
      return row.sealed() ? meta : null;
    }
  }
}

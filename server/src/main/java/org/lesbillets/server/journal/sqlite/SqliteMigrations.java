package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.lesbillets.model.Ticket;
import org.lesbillets.server.journal.sqlite.row.RowChecksum;

/**
 * The migration ladder: one step from each format to the next, run in order in the caller's
 * transaction. The thread that opens a journal only. Events have the same form in all formats; a
 * step that adds columns of tickets rewrites each of their rows once, since the checksum of a row
 * covers its columns. Format 3 has a {@linkplain org.lesbillets.server.journal.Witness witness}
 * beside it, and idempotency keys expire by the time the journal was open.
 */
final class SqliteMigrations {
  /** The columns of tickets added by each format, from format 2. */
  private static final List<List<String>> STEPS =
      List.of(List.of("attempts", "lock_kind"), List.of(), List.of("wake_at", "key", "raised"));

  /** The first format with a witness, and the columns of the table meta that go with it. */
  static final int WITNESSED = 3;

  /** The format this server writes. */
  static final int FORMAT = 1 + STEPS.size();

  private final Connection connection;
  private final Path file;

  SqliteMigrations(Connection connection, Path file) {
    this.connection = connection;
    this.file = file;
  }

  /** Whether tickets have a column in a format. */
  static boolean has(String column, long format) {
    return STEPS.stream().skip(format - 1).noneMatch(added -> added.contains(column));
  }

  /**
   * Migrates the file, but for its meta row, to the format this server writes.
   *
   * @param from the present format
   * @param earlier the chained checksum of the meta row
   * @return the one of the new format
   * @throws org.lesbillets.server.journal.JournalException if the row of a ticket is damaged
   */
  long run(long from, long earlier) throws SQLException {
    long chain = earlier;
    for (long format = from; format < FORMAT; format++) {
      if (!STEPS.get((int) format - 1).isEmpty()) {
        step(new TicketLayout(format), new TicketLayout(format + 1));
      }
      if (format + 1 == WITNESSED) {
        addWitnessColumns();
        restartExpiry();
        chain = chainOfAll();
      }
    }
    return chain;
  }

  /** Of all events, as those have it who read the whole history. */
  private long chainOfAll() throws SQLException {
    long chain = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT checksum FROM event ORDER BY revision")) {
      while (rows.next()) {
        chain = RowChecksum.chained(chain, rows.getLong(1));
      }
    }
    return chain;
  }

  private void addWitnessColumns() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String column : List.of("chain", "ran_millis", "dropped", "dropped_chain")) {
        statement.execute("ALTER TABLE meta ADD COLUMN " + column + " INTEGER NOT NULL DEFAULT 0");
      }
    }
  }

  /** Keys were recorded by the wall clock before, which may have jumped: their day starts again. */
  private void restartExpiry() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(OperationRow.SELECT_EXPIRING);
        PreparedStatement update = connection.prepareStatement(OperationRow.UPDATE)) {
      while (rows.next()) {
        OperationRow.bindRestarted(update, rows, file);
        update.executeUpdate();
      }
    }
  }

  private void step(TicketLayout from, TicketLayout to) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ALTER TABLE ticket RENAME TO earlier_ticket");
      statement.execute(to.declaration());
      copy(statement, from, to);
      statement.execute("DROP TABLE earlier_ticket");
    }
  }

  private void copy(Statement statement, TicketLayout from, TicketLayout to) throws SQLException {
    TicketRowReader reader = new TicketRowReader(file, from);
    String all = "SELECT " + from.columns() + " FROM earlier_ticket ORDER BY born";
    try (ResultSet rows = statement.executeQuery(all);
        PreparedStatement insert = connection.prepareStatement(to.insert())) {
      while (rows.next()) {
        Ticket ticket = reader.read(rows);
        String description = ticket.content().description();
        to.bind(insert, ticket, rows.getLong(1), TicketLayout.checksum(description));
        to.bindDescription(insert, description);
        insert.executeUpdate();
      }
    }
  }
}

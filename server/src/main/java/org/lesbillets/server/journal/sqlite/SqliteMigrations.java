package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.Redaction;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.server.journal.sqlite.row.RowChecksum;

/**
 * The migration ladder: one step from each format to the next, run in order in the caller's
 * transaction. The thread that opens a journal only. Events have nearly the same form in all
 * formats; a step that adds columns of tickets rewrites each of their rows once, since the checksum
 * of a row covers its columns. Format 3 has a {@linkplain org.lesbillets.server.journal.Witness
 * witness} beside it, and idempotency keys expire by the time the journal was open. From format 5
 * the id of a comment is its ordinal; {@link EventRow} reads it so from the rows of all formats.
 * Format 6 has one index of events in place of two.
 */
final class SqliteMigrations {
  /** The columns of tickets added by each format, from format 2. */
  private static final List<List<String>> STEPS =
      List.of(
          List.of("attempts", "lock_kind"),
          List.of(),
          List.of("wake_at", "key", "raised"),
          List.of(),
          List.of());

  /** The first format with a witness, and the columns of the table meta that go with it. */
  static final int WITNESSED = 3;

  /** The first format in which the ids of comments are ordinals. */
  private static final int NUMBERED = 5;

  /** The first format with one index of events. */
  private static final int ONE_INDEX = 6;

  /** The format this server writes. */
  static final int FORMAT = 1 + STEPS.size();

  private static final String MARKS =
      "SELECT revision FROM event NOT INDEXED WHERE type = 'TicketRedacted' ORDER BY revision";
  private static final String EVENT =
      "SELECT " + EventRow.COLUMNS + " FROM event WHERE revision = ?";

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
   * @param compacted the revision up to which that is not of the events there are
   * @return the one of the new format
   * @throws org.lesbillets.server.journal.JournalException if a row to be migrated is damaged
   */
  long run(long from, long earlier, long compacted) throws SQLException {
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
      if (format + 1 == NUMBERED) {
        chain = renumberMarks(chain, compacted + 1);
      }
      if (format + 1 == ONE_INDEX) {
        joinIndexes();
      }
    }
    return chain;
  }

  /** Reads all events, and sorts their keys. */
  private void joinIndexes() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP INDEX comment_of_ticket");
      statement.execute("DROP INDEX event_of_ticket");
      statement.execute(EventRow.INDEX);
    }
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

  /**
   * Has the marks of redactions name comments by their ordinals.
   *
   * @param earlier the chained checksum
   * @param chained the revision from which on it is of the events there are
   * @return the chained checksum now
   */
  private long renumberMarks(long earlier, long chained) throws SQLException {
    List<Long> marks = marks();
    if (marks.isEmpty()) {
      return earlier;
    }
    long first = Math.max(marks.get(0), chained);
    long chain = folded(EventRow.CHECKSUMS_BACK, first, earlier, RowChecksum::unchained);
    for (long mark : marks) {
      EventRow row = event(mark);
      WireEvent.TicketRedacted event = (WireEvent.TicketRedacted) row.event(0, file).event();
      if (event.what().comment() != null) {
        long ordinal = ordinal(row.ticket(), event.what().comment());
        WireEvent renamed = event.withWhat(Redaction.ofComment(ordinal));
        update(EventRow.of(new SequencedEvent(mark, 0, renamed), row.ticket(), List.of()));
      }
    }
    return folded(EventRow.CHECKSUMS, first, chain, RowChecksum::chained);
  }

  private List<Long> marks() throws SQLException {
    List<Long> marks = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(MARKS);
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        marks.add(rows.getLong(1));
      }
    }
    return marks;
  }

  /**
   * The ordinal of a comment. Before format 5 its id was the revision of its event, or one of those
   * just below the ticket's first.
   *
   * @param ticket the revision that created its ticket
   */
  private long ordinal(long ticket, long id) throws SQLException {
    long count = event(Math.max(ticket, id)).event(0, file).event().ticket().commentCount();
    return id < ticket ? count - (ticket - 1 - id) : count;
  }

  private EventRow event(long revision) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(EVENT)) {
      select.setLong(1, revision);
      try (ResultSet rows = select.executeQuery()) {
        if (rows.next()) {
          return EventRow.read(rows, file);
        }
      }
    }
    throw SqliteErrorMessages.damaged("The journal " + file, "event " + revision + " is missing");
  }

  private void update(EventRow row) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(EventRow.UPDATE)) {
      row.bind(update);
      update.executeUpdate();
    }
  }

  private long folded(String sql, long first, long chain, LongBinaryOperator step)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, first);
      return EventRow.folded(select, chain, step);
    }
  }
}

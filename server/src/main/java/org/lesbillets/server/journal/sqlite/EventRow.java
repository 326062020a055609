package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongBinaryOperator;
import org.lesbillets.model.Comment;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.event.WireEvent;
import org.lesbillets.model.wire.JournalCodec;
import org.lesbillets.model.wire.WireFormatException;
import org.lesbillets.server.journal.sqlite.row.RowReader;
import org.lesbillets.server.journal.sqlite.row.RowWriter;

/**
 * A row of the table {@code event}. Immutable.
 *
 * @param ticket key of its ticket's row: the revision that created the ticket
 * @param type for indexes: {@link #COMMENTED} if the event adds a comment, else its kind
 * @param at its time in milliseconds
 * @param body the event in the form of {@link JournalCodec}
 */
record EventRow(long revision, long ticket, String type, long at, byte[] body) {
  static final String COLUMNS = "revision, ticket, type, at, body, checksum";

  /** The type of events that add a comment, of whatever kind. */
  static final String COMMENTED = "TicketCommented";

  /** Whether it adds a comment, 1 or 0: as {@link #INDEX} has it. */
  static final String IS_COMMENT = "(type = '" + COMMENTED + "')";

  /**
   * The only index of the table: each takes a page of its own in almost every change. Comments of a
   * ticket stand together, and so do its other events.
   */
  static final String INDEX = "CREATE INDEX event_of_ticket ON event (ticket, " + IS_COMMENT + ")";

  /** Index of the column with the checksum of the row. */
  static final int CHECKSUM = 6;

  static final String INSERT = "INSERT INTO event (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?)";

  /** Binds as {@link #INSERT}. */
  static final String UPDATE =
      "UPDATE event SET revision = ?1, ticket = ?2, type = ?3, at = ?4, body = ?5, checksum = ?6"
          + " WHERE revision = ?1";

  static final String CHECKSUMS =
      "SELECT checksum FROM event WHERE revision >= ? ORDER BY revision";
  static final String CHECKSUMS_BACK = CHECKSUMS + " DESC";

  /** The chained checksum after taking each of the selected checksums in or out. */
  static long folded(PreparedStatement select, long chain, LongBinaryOperator step)
      throws SQLException {
    long folded = chain;
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        folded = step.applyAsLong(folded, rows.getLong(1));
      }
    }
    return folded;
  }

  /**
   * @param event as it is kept
   * @param imported comments of the same creation, with their ids
   */
  static EventRow of(SequencedEvent event, long ticket, List<Comment> imported) {
    WireEvent fact = event.event();
    byte[] body = JournalCodec.encodeEvent(fact, imported);
    String type = fact.comment() == null ? fact.type() : COMMENTED;
    return new EventRow(event.revision(), ticket, type, fact.at().toEpochMilli(), body);
  }

  /** Binds the columns, and returns the checksum of the row. */
  long bind(PreparedStatement statement) throws SQLException {
    return new RowWriter(statement, "event")
        .integer(revision)
        .integer(ticket)
        .text(type)
        .integer(at)
        .blob(body)
        .seal();
  }

  /**
   * @throws org.lesbillets.server.journal.JournalException if the row is damaged
   */
  static EventRow read(ResultSet rows, Path file) throws SQLException {
    RowReader row = new RowReader(rows, "event");
    EventRow event =
        new EventRow(row.integer(), row.integer(), row.text(), row.integer(), row.blob());
    if (!row.sealed()) {
      throw SqliteErrorMessages.damaged(event.place(file), "its checksum does not match");
    }
    return event;
  }

  /**
   * @param previousRevision of the row before this one
   */
  SequencedEvent event(long previousRevision, Path file) {
    try {
      return new SequencedEvent(
          revision, previousRevision, numbered(JournalCodec.decodeEvent(body)));
    } catch (WireFormatException e) {
      throw SqliteErrorMessages.damaged(place(file), e.getMessage());
    }
  }

  /** Before format 5 the id of a comment was a revision, and stays so in the row. */
  private static WireEvent numbered(WireEvent event) {
    long ordinal = event.ticket().commentCount();
    boolean earlier = event.comment() != null && event.comment().id() != ordinal;
    return earlier ? event.withCommentId(ordinal) : event;
  }

  List<Comment> comments(Path file) {
    try {
      return Comment.numbered(JournalCodec.decodeComments(body));
    } catch (WireFormatException e) {
      throw SqliteErrorMessages.damaged(place(file), e.getMessage());
    }
  }

  private String place(Path file) {
    return "Row " + revision + " of the table event in " + file;
  }
}

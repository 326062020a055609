package org.lesbillets.server.journal.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.field.TicketContent;

/**
 * A row of the table {@code ticket}: the last state. The description stands last, under a checksum
 * of its own that the row's covers, so that an event that leaves it alone need not read it.
 */
final class TicketRow {
  private static final List<String> SEALED =
      List.of(
          "born",
          "id",
          "number",
          "title",
          "status",
          "priority",
          "assignee",
          "requester",
          "reference",
          "tags",
          "attempts",
          "created_at",
          "created_by",
          "updated_at",
          "updated_by",
          "revision",
          "changed_revision",
          "comment_count",
          "lock_holder",
          "lock_token",
          "lock_since",
          "lock_ttl",
          "lock_note",
          "lock_client",
          "lock_kind",
          "description_checksum",
          "checksum");
  private static final int DESCRIPTION = SEALED.size() + 1;

  static final String COLUMNS = String.join(", ", SEALED) + ", description";
  static final String INSERT =
      "INSERT INTO ticket ("
          + COLUMNS
          + ") VALUES ("
          + IntStream.rangeClosed(1, DESCRIPTION)
              .mapToObj(i -> "?" + i)
              .collect(Collectors.joining(", "))
          + ")";

  /** Writes everything but the description; the row is found by {@code born}. */
  static final String UPDATE =
      "UPDATE ticket SET "
          + IntStream.rangeClosed(2, SEALED.size())
              .mapToObj(i -> SEALED.get(i - 1) + " = ?" + i)
              .collect(Collectors.joining(", "))
          + " WHERE born = ?1";

  static final String UPDATE_WHOLE =
      UPDATE.replace(" WHERE", ", description = ?" + DESCRIPTION + " WHERE");

  /** What rows of the file's first format do not have. */
  private static final List<String> SINCE_FORMAT_2 = List.of("attempts", "lock_kind");

  private TicketRow() {}

  /** The columns of a row in a file of {@code format}. */
  static String columns(long format) {
    return format >= 2
        ? COLUMNS
        : Stream.concat(
                SEALED.stream().filter(column -> !SINCE_FORMAT_2.contains(column)),
                Stream.of("description"))
            .collect(Collectors.joining(", "));
  }

  static long checksum(String description) {
    return RowChecksum.of(description.getBytes(UTF_8));
  }

  static void bindDescription(PreparedStatement statement, String description) throws SQLException {
    statement.setString(DESCRIPTION, description);
  }

  /**
   * Binds everything but the description.
   *
   * @param born revision of the event that created the ticket
   */
  static void bind(PreparedStatement statement, Ticket ticket, long born, long description)
      throws SQLException {
    RowWriter row = new RowWriter(statement, "ticket");
    row.integer(born).id(ticket.id().value()).integer(ticket.number());
    content(row, ticket.content());
    row.integer(ticket.attempts());
    stamp(row, ticket.created());
    stamp(row, ticket.updated());
    row.integer(ticket.revision()).integer(ticket.changedRevision()).integer(ticket.commentCount());
    lock(row, ticket.lock());
    row.integer(description).seal();
  }

  private static void content(RowWriter row, TicketContent content) throws SQLException {
    row.text(content.title())
        .text(content.status().wireName())
        .text(content.priority().wireName())
        .text(content.assignee())
        .text(content.requester())
        .text(content.reference())
        .text(tags(content.tags()));
  }

  /** Each tag and a line's end; tags are lines, and so have none of their own. */
  private static String tags(List<String> tags) {
    if (tags.stream().anyMatch(tag -> tag.indexOf('\n') >= 0)) {
      throw new IllegalArgumentException("a tag is one line");
    }
    return tags.stream().map(tag -> tag + "\n").collect(Collectors.joining());
  }

  private static void stamp(RowWriter row, Stamp stamp) throws SQLException {
    row.time(stamp.at()).text(stamp.by());
  }

  private static void lock(RowWriter row, TicketLock lock) throws SQLException {
    if (lock == null) {
      row.text(null).integer(0).time(Instant.EPOCH).integer(0).text(null).text(null).text(null);
    } else {
      row.text(lock.holder())
          .integer(lock.token())
          .time(lock.since())
          .integer(lock.ttl().toMillis())
          .text(lock.note())
          .text(lock.client())
          .text(lock.kind());
    }
  }
}

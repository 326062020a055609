package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Priority;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;

/**
 * Reads the rows of the table {@code ticket} back into tickets. One thread; for the length of one
 * snapshot, because it shares names, tags and equal stamps between the tickets it reads.
 */
final class TicketRowReader {
  private static final Map<String, TicketStatus> STATUSES = new HashMap<>();
  private static final Map<String, Priority> PRIORITIES = new HashMap<>();

  static {
    Stream.of(TicketStatus.values()).forEach(status -> STATUSES.put(status.wireName(), status));
    Stream.of(Priority.values()).forEach(rank -> PRIORITIES.put(rank.wireName(), rank));
  }

  private final Path file;
  private final long format;
  private final Map<String, AgentName> names = new HashMap<>();
  private final Map<String, List<String>> tags = new HashMap<>();

  /**
   * @param format of the file: rows of the first one tell neither attempts nor kinds of locks
   */
  TicketRowReader(Path file, long format) {
    this.file = file;
    this.format = format;
  }

  /**
   * The ticket of a row.
   *
   * @throws org.lesbillets.server.journal.JournalException if the row is damaged
   */
  Ticket read(ResultSet rows) throws SQLException {
    long born = rows.getLong(1);
    RowReader row = new RowReader(rows, "ticket");
    row.integer();
    try {
      Ticket ticket = ticket(row);
      long expected = row.integer();
      boolean sound = row.sealed();
      String description = row.text();
      if (sound && description != null && TicketRow.checksum(description) == expected) {
        return ticket.withContent(ticket.content().withDescription(description));
      }
    } catch (IllegalArgumentException | NullPointerException e) {
      // Values no ticket can have: what the checksum would have said, had it come that far.
      throw damaged(rows, born);
    }
    throw damaged(rows, born);
  }

  private RuntimeException damaged(ResultSet rows, long born) throws SQLException {
    byte[] id = rows.getBytes(2);
    String named = id != null && id.length == 16 ? ", id " + UuidBytes.of(id) : "";
    return SqliteErrorMessages.damaged(
        "Row " + born + " (ticket " + rows.getLong(3) + named + ") of the table ticket in " + file,
        "its checksum does not match");
  }

  private Ticket ticket(RowReader row) throws SQLException {
    TicketId id = new TicketId(row.id());
    long number = row.integer();
    TicketContent content = content(row);
    Stamp created = new Stamp(row.time(), name(row.text()));
    Stamp updated = new Stamp(row.time(), name(row.text()));
    return new Ticket(
        id,
        number,
        content,
        created,
        updated.equals(created) ? created : updated,
        row.integer(),
        row.integer(),
        row.integer(),
        lock(row));
  }

  private TicketContent content(RowReader row) throws SQLException {
    TicketContent.Builder content =
        TicketContent.EMPTY
            .change()
            .set(TicketField.TITLE, row.text())
            .set(TicketField.STATUS, STATUSES.get(row.text()))
            .set(TicketField.PRIORITY, PRIORITIES.get(row.text()))
            .set(TicketField.ASSIGNEE, name(row.text()))
            .set(TicketField.REQUESTER, row.text())
            .set(TicketField.REFERENCE, row.text())
            .set(TicketField.TAGS, tags.computeIfAbsent(row.text(), TicketRowReader::tags));
    if (format >= 2) {
      content.set(TicketField.ATTEMPTS, row.integer());
    }
    return content.build();
  }

  private static List<String> tags(String lines) {
    return lines.isEmpty()
        ? List.of()
        : List.of(lines.substring(0, lines.length() - 1).split("\n", -1));
  }

  private TicketLock lock(RowReader row) throws SQLException {
    AgentName holder = name(row.text());
    long token = row.integer();
    Instant since = row.time();
    Duration ttl = Duration.ofMillis(row.integer());
    String note = row.text();
    String client = row.text();
    String kind = format >= 2 ? row.text() : LockKind.PLAIN.name();
    return holder == null
        ? null
        : new TicketLock(holder, token, since, ttl, ttl, note, client, 0, LockKind.valueOf(kind));
  }

  private AgentName name(String text) {
    return text == null ? null : names.computeIfAbsent(text, AgentName::new);
  }
}

package org.lesbillets.server.journal.sqlite;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.LockKind;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketId;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.field.FieldType;
import org.lesbillets.model.field.FieldType.Form;
import org.lesbillets.model.field.InternPool;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.server.journal.sqlite.row.RowReader;
import org.lesbillets.server.journal.sqlite.row.UuidBytes;

/**
 * Decoder of the rows of the table {@code ticket}. Any thread; tickets share what is equal in them
 * ({@link InternPool}).
 */
final class TicketRowReader {
  private final Path file;
  private final TicketLayout layout;

  TicketRowReader(Path file, TicketLayout layout) {
    this.file = file;
    this.layout = layout;
  }

  /**
   * The ticket of a row.
   *
   * @throws org.lesbillets.server.journal.JournalException if the row is damaged
   */
  Ticket read(ResultSet rows) throws SQLException {
    long createdRevision = rows.getLong(1);
    RowReader row = new RowReader(rows, "ticket");
    row.integer();
    try {
      Ticket ticket = ticket(row);
      long expected = row.integer();
      boolean sound = row.sealed();
      String description = row.text();
      if (sound && description != null && TicketLayout.checksum(description) == expected) {
        return ticket.withContent(ticket.content().withDescription(description));
      }
    } catch (IllegalArgumentException | NullPointerException e) {
      // Values no ticket can have: the checksum would not have matched either.
      throw damaged(rows, createdRevision);
    }
    throw damaged(rows, createdRevision);
  }

  private RuntimeException damaged(ResultSet rows, long createdRevision) throws SQLException {
    byte[] id = rows.getBytes(2);
    String named = id != null && id.length == 16 ? ", id " + UuidBytes.of(id) : "";
    return SqliteErrorMessages.damaged(
        "Row "
            + createdRevision
            + " (ticket "
            + rows.getLong(3)
            + named
            + ") of the table ticket in "
            + file,
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
        updated,
        row.integer(),
        row.integer(),
        row.integer(),
        lock(row));
  }

  private TicketContent content(RowReader row) throws SQLException {
    TicketContent.Builder content = TicketContent.EMPTY.change();
    for (TicketField<?> field : layout.fields()) {
      set(content, field, row);
    }
    return content.build();
  }

  @SuppressWarnings("unchecked")
  private <T> void set(TicketContent.Builder content, TicketField<T> field, RowReader row)
      throws SQLException {
    FieldType<T> type = field.type();
    if (type.form() == Form.NUMBER) {
      content.set(field, (T) (Long) row.integer());
      return;
    }
    String text = row.text();
    if (type.form() == Form.LIST) {
      content.set(field, (T) tags(text));
    } else {
      String shared = type.form() == Form.LINE ? InternPool.line(text) : text;
      content.set(field, shared == null ? null : type.parse(shared));
    }
  }

  private static List<String> tags(String lines) {
    if (lines.isEmpty()) {
      return List.of();
    }
    String[] tags = lines.substring(0, lines.length() - 1).split("\n", -1);
    Arrays.setAll(tags, i -> InternPool.TAGS.shared(tags[i]));
    return InternPool.TAG_LISTS.shared(List.of(tags));
  }

  private TicketLock lock(RowReader row) throws SQLException {
    AgentName holder = name(row.text());
    long token = row.integer();
    Instant since = row.time();
    Duration ttl = Duration.ofMillis(row.integer());
    String note = row.text();
    String client = row.text();
    String kind = layout.hasKindsOfLocks() ? row.text() : LockKind.PLAIN.name();
    return holder == null
        ? null
        : new TicketLock(holder, token, since, ttl, ttl, note, client, 0, LockKind.valueOf(kind));
  }

  private AgentName name(String text) {
    return text == null ? null : TicketField.ASSIGNEE.type().parse(text);
  }
}

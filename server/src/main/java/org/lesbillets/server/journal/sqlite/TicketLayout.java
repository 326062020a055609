package org.lesbillets.server.journal.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lesbillets.model.Stamp;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.TicketLock;
import org.lesbillets.model.field.FieldType;
import org.lesbillets.model.field.FieldType.Form;
import org.lesbillets.model.field.TicketContent;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.server.journal.sqlite.row.RowChecksum;
import org.lesbillets.server.journal.sqlite.row.RowWriter;

/**
 * The columns of the table {@code ticket}, which holds last states, in one format of the file. The
 * fields of a ticket have a column each, in their order. The description stands last, under a
 * checksum of its own that the row's covers, so that an event that leaves it alone need not read
 * it.
 *
 * <p>Immutable; any thread.
 */
final class TicketLayout {
  /** The layout of the format that this server writes. */
  static final TicketLayout CURRENT = new TicketLayout(SqliteMigrations.FORMAT);

  private static final String LOCK_KIND = "lock_kind";

  private final List<TicketField<?>> fields = new ArrayList<>();

  /** The declarations of the columns under the checksum of the row, and that checksum. */
  private final List<String> sealed = new ArrayList<>();

  private final boolean kindsOfLocks;

  TicketLayout(long format) {
    this.kindsOfLocks = SqliteMigrations.has(LOCK_KIND, format);
    add("born INTEGER PRIMARY KEY", "id BLOB NOT NULL UNIQUE", "number INTEGER NOT NULL UNIQUE");
    for (TicketField<?> field : TicketField.ALL) {
      if (field != TicketField.DESCRIPTION && SqliteMigrations.has(column(field), format)) {
        fields.add(field);
        add(column(field) + type(field.type()));
      }
    }
    add("created_at INTEGER NOT NULL", "created_by TEXT NOT NULL");
    add("updated_at INTEGER NOT NULL", "updated_by TEXT NOT NULL");
    add("revision INTEGER NOT NULL", "changed_revision INTEGER NOT NULL");
    add("comment_count INTEGER NOT NULL");
    add("lock_holder TEXT", "lock_token INTEGER NOT NULL", "lock_since INTEGER NOT NULL");
    add("lock_ttl INTEGER NOT NULL", "lock_note TEXT", "lock_client TEXT");
    if (kindsOfLocks) {
      add(LOCK_KIND + " TEXT");
    }
    add("description_checksum INTEGER NOT NULL", "checksum INTEGER NOT NULL");
  }

  private void add(String... declarations) {
    sealed.addAll(List.of(declarations));
  }

  /** The column of a field: {@code createdAt} is {@code created_at}. */
  private static String column(TicketField<?> field) {
    return field.wireName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static String type(FieldType<?> type) {
    return (type.form() == Form.NUMBER ? " INTEGER" : " TEXT")
        + (type.empty() == null ? "" : " NOT NULL");
  }

  /** The fields that have a column under the checksum of the row, in order. */
  List<TicketField<?>> fields() {
    return fields;
  }

  /** Whether a row says of its lock what kind it is. */
  boolean hasKindsOfLocks() {
    return kindsOfLocks;
  }

  /** The statement that makes the table. */
  String declaration() {
    return "CREATE TABLE ticket (\n  "
        + String.join(",\n  ", sealed)
        + ",\n  description TEXT NOT NULL) STRICT";
  }

  private static String name(String declaration) {
    return declaration.substring(0, declaration.indexOf(' '));
  }

  /** All columns, between commas. */
  String columns() {
    return sealed.stream().map(TicketLayout::name).collect(Collectors.joining(", "))
        + ", description";
  }

  String insert() {
    return "INSERT INTO ticket ("
        + columns()
        + ") VALUES ("
        + IntStream.rangeClosed(1, descriptionAt())
            .mapToObj(i -> "?" + i)
            .collect(Collectors.joining(", "))
        + ")";
  }

  /**
   * Writes everything that can change but the description. The row is found by {@code born}, and
   * only if it has the revision that is {@linkplain #bindReplaced replaced}.
   */
  String update() {
    return "UPDATE ticket SET " + assignments() + replaced();
  }

  String updateWhole() {
    return "UPDATE ticket SET "
        + assignments()
        + ", description = ?"
        + descriptionAt()
        + replaced();
  }

  private String replaced() {
    return " WHERE born = ?1 AND revision = ?" + replacedAt();
  }

  /** An index whose column is named is written again, so that those that stay are left out. */
  private String assignments() {
    return IntStream.rangeClosed(4, sealed.size())
        .mapToObj(i -> name(sealed.get(i - 1)) + " = ?" + i)
        .collect(Collectors.joining(", "));
  }

  private int descriptionAt() {
    return sealed.size() + 1;
  }

  private int replacedAt() {
    return sealed.size() + 2;
  }

  static long checksum(String description) {
    return RowChecksum.of(description.getBytes(UTF_8));
  }

  void bindDescription(PreparedStatement statement, String description) throws SQLException {
    statement.setString(descriptionAt(), description);
  }

  /**
   * Binds the condition of an update.
   *
   * @param revision that the row has
   */
  void bindReplaced(PreparedStatement statement, long revision) throws SQLException {
    statement.setLong(replacedAt(), revision);
  }

  /**
   * Binds everything but the description.
   *
   * @param createdRevision revision of the event that created the ticket
   */
  void bind(PreparedStatement statement, Ticket ticket, long createdRevision, long description)
      throws SQLException {
    RowWriter row = new RowWriter(statement, "ticket");
    row.integer(createdRevision).id(ticket.id().value()).integer(ticket.number());
    for (TicketField<?> field : fields) {
      field(row, field, ticket.content());
    }
    stamp(row, ticket.created());
    stamp(row, ticket.updated());
    row.integer(ticket.revision()).integer(ticket.changedRevision()).integer(ticket.commentCount());
    lock(row, ticket.lock());
    row.integer(description).seal();
  }

  private static void field(RowWriter row, TicketField<?> field, TicketContent content)
      throws SQLException {
    switch (field.type().form()) {
      case NUMBER -> row.integer((Long) content.get(field));
      case LIST -> row.text(lines((List<?>) content.get(field)));
      case TITLE, LINE, BLOCK, WORD -> row.text(content.text(field));
    }
  }

  /** Each text and a line's end; the texts of a list are lines, and so have none of their own. */
  private static String lines(List<?> texts) {
    StringBuilder lines = new StringBuilder();
    for (Object text : texts) {
      if (((String) text).indexOf('\n') >= 0) {
        throw new IllegalArgumentException("a tag is one line");
      }
      lines.append(text).append('\n');
    }
    return lines.toString();
  }

  private static void stamp(RowWriter row, Stamp stamp) throws SQLException {
    row.time(stamp.at()).text(stamp.by());
  }

  private void lock(RowWriter row, TicketLock lock) throws SQLException {
    if (lock == null) {
      row.text(null).integer(0).time(Instant.EPOCH).integer(0).text(null).text(null);
    } else {
      row.text(lock.holder())
          .integer(lock.token())
          .time(lock.since())
          .integer(lock.ttl().toMillis())
          .text(lock.note())
          .text(lock.client());
    }
    if (kindsOfLocks) {
      row.text(lock == null ? null : lock.kind());
    }
  }
}

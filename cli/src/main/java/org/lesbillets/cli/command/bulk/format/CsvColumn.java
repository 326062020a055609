package org.lesbillets.cli.command.bulk.format;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.FieldText;

/** A column of a CSV file of tickets. */
enum CsvColumn {
  NUMBER("number", Ticket::number),
  ID("id", Ticket::id),
  TITLE("title", ticket -> ticket.content().title()),
  DESCRIPTION("description", ticket -> ticket.content().description()),
  STATUS("status", ticket -> ticket.content().status().wireName()),
  PRIORITY("priority", ticket -> ticket.content().priority().wireName()),
  ASSIGNEE("assignee", ticket -> ticket.content().assignee()),
  REQUESTER("requester", ticket -> ticket.content().requester()),
  REFERENCE("reference", ticket -> ticket.content().reference()),
  TAGS("tags", ticket -> FieldText.written(ticket.content().tags())),
  CREATED_AT("createdAt", ticket -> ticket.created().at()),
  CREATED_BY("createdBy", ticket -> ticket.created().by()),
  UPDATED_AT("updatedAt", ticket -> ticket.updated().at()),
  UPDATED_BY("updatedBy", ticket -> ticket.updated().by()),
  ATTEMPTS("attempts", Ticket::attempts);

  private static final DateTimeFormatter WIRE_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final String title;
  private final Function<Ticket, Object> value;

  CsvColumn(String title, Function<Ticket, Object> value) {
    this.title = title;
    this.value = value;
  }

  /** What stands at its head: the name on the wire. */
  String title() {
    return title;
  }

  /** The column with this at its head, in whatever case. */
  static Optional<CsvColumn> of(String title) {
    return Arrays.stream(values())
        .filter(column -> column.title.equalsIgnoreCase(title.strip()))
        .findFirst();
  }

  /** What a ticket has in this column. */
  String cell(Ticket ticket) {
    Object found = value.apply(ticket);
    return CsvCells.written(
        found instanceof Instant at ? WIRE_TIME.format(at) : found == null ? null : "" + found);
  }
}

package org.lesbillets.cli.command.bulk.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.WireTime;
import org.lesbillets.model.field.TicketField;

/**
 * A column of a CSV file of tickets.
 *
 * @param place in an exported file
 * @param title at its head: the name on the wire
 * @param field null for what is no field of the content
 */
record CsvColumn(int place, String title, TicketField<?> field) implements Comparable<CsvColumn> {
  /** Every column, in the order of an exported file. */
  static final List<CsvColumn> ALL = all();

  static final CsvColumn NUMBER = titled("number");
  static final CsvColumn ID = titled("id");
  static final CsvColumn TITLE = titled("title");
  static final CsvColumn CREATED_AT = titled("createdAt");
  static final CsvColumn CREATED_BY = titled("createdBy");
  static final CsvColumn UPDATED_AT = titled("updatedAt");
  static final CsvColumn UPDATED_BY = titled("updatedBy");

  private static List<CsvColumn> all() {
    List<String> titles = new ArrayList<>(List.of("number", "id"));
    TicketField.BEFORE_STAMPS.forEach(field -> titles.add(field.wireName()));
    titles.addAll(List.of("createdAt", "createdBy", "updatedAt", "updatedBy"));
    TicketField.BEHIND_STAMPS.forEach(field -> titles.add(field.wireName()));
    List<CsvColumn> columns = new ArrayList<>();
    for (String title : titles) {
      columns.add(new CsvColumn(columns.size(), title, TicketField.called(title)));
    }
    return List.copyOf(columns);
  }

  /** The column with this at its head, in whatever case. */
  static Optional<CsvColumn> of(String title) {
    return ALL.stream().filter(column -> column.title.equalsIgnoreCase(title.strip())).findFirst();
  }

  static CsvColumn titled(String title) {
    return of(title).orElseThrow();
  }

  /** What all columns have at their heads. */
  static List<String> titles() {
    return ALL.stream().map(CsvColumn::title).toList();
  }

  /** The words that can stand in it; none where any text can. */
  List<String> choices() {
    return field == null ? List.of() : field.type().choices();
  }

  /** What a ticket has in this column. */
  String cell(Ticket ticket) {
    String text =
        switch (title) {
          case "number" -> Long.toString(ticket.number());
          case "id" -> ticket.id().toString();
          case "createdAt" -> WireTime.format(ticket.created().at());
          case "createdBy" -> ticket.created().by().value();
          case "updatedAt" -> WireTime.format(ticket.updated().at());
          case "updatedBy" -> ticket.updated().by().value();
          default -> ticket.content().text(field);
        };
    return CsvCells.written(text);
  }

  @Override
  public int compareTo(CsvColumn other) {
    return Integer.compare(place, other.place);
  }

  /** The ids of rows without one are made of this, and so it must never change. */
  @Override
  public String toString() {
    return title.replaceAll("([A-Z])", "_$1").toUpperCase(Locale.ROOT);
  }
}

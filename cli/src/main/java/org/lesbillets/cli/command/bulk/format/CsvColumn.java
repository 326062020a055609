package org.lesbillets.cli.command.bulk.format;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.wire.WireTime;

/** The columns of an exported CSV file, in their order: the fields, and what else is exported. */
final class CsvColumn implements Comparable<CsvColumn> {
  /** Every column, in the order of an exported file. */
  static final List<CsvColumn> ALL = new ArrayList<>();

  static final CsvColumn NUMBER = new CsvColumn("number", Ticket::number);
  static final CsvColumn ID = new CsvColumn("id", Ticket::id);

  static {
    TicketField.BEFORE_STAMPS.forEach(CsvColumn::new);
  }

  static final CsvColumn CREATED_AT = new CsvColumn("createdAt", ticket -> ticket.created().at());
  static final CsvColumn CREATED_BY = new CsvColumn("createdBy", ticket -> ticket.created().by());
  static final CsvColumn UPDATED_AT = new CsvColumn("updatedAt", ticket -> ticket.updated().at());
  static final CsvColumn UPDATED_BY = new CsvColumn("updatedBy", ticket -> ticket.updated().by());

  static {
    TicketField.BEHIND_STAMPS.forEach(CsvColumn::new);
  }

  static final CsvColumn TITLE = of(TicketField.TITLE);

  private final String title;
  private final Function<Ticket, Object> value;
  private final TicketField<?> field;
  private final int place;

  private CsvColumn(String title, Function<Ticket, Object> value) {
    this(title, value, null);
  }

  private CsvColumn(TicketField<?> field) {
    this(field.wireName(), ticket -> ticket.content().text(field), field);
  }

  private CsvColumn(String title, Function<Ticket, Object> value, TicketField<?> field) {
    this.title = title;
    this.value = value;
    this.field = field;
    this.place = ALL.size();
    ALL.add(this);
  }

  static CsvColumn of(TicketField<?> field) {
    return of(field.wireName()).orElseThrow();
  }

  /** The column with this at its head, in whatever case. */
  static Optional<CsvColumn> of(String title) {
    return ALL.stream().filter(column -> column.title.equalsIgnoreCase(title.strip())).findFirst();
  }

  /** What all columns have at their heads. */
  static List<String> titles() {
    return ALL.stream().map(CsvColumn::title).toList();
  }

  /** What stands at its head: the name on the wire. */
  String title() {
    return title;
  }

  /** The words that can stand in it; none where any text can. */
  List<String> choices() {
    return field == null ? List.of() : field.type().choices();
  }

  /** What a ticket has in this column. */
  String cell(Ticket ticket) {
    Object found = value.apply(ticket);
    return CsvCells.written(
        found instanceof Instant at ? WireTime.format(at) : found == null ? null : "" + found);
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

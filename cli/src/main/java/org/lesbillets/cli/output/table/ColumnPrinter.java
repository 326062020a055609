package org.lesbillets.cli.output.table;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.lesbillets.cli.output.EventSentence;
import org.lesbillets.cli.output.FieldNames;
import org.lesbillets.cli.output.PrintStyle;
import org.lesbillets.cli.output.TicketFields;
import org.lesbillets.cli.output.TicketWords;
import org.lesbillets.cli.output.TsvText;
import org.lesbillets.cli.output.WireJson;
import org.lesbillets.cli.output.console.ClosedPipeException;
import org.lesbillets.cli.text.PlainText;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.event.SequencedEvent;
import org.lesbillets.model.field.FieldType.Form;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ListedFields;
import org.lesbillets.model.message.Projection;

/**
 * Printer of chosen columns, as a table for people or as fields between tabs. Confined to one
 * thread. All methods throw {@link ClosedPipeException} if the reader has gone.
 */
public final class ColumnPrinter {
  /** Long columns besides the texts of a ticket, cut on a narrow screen. */
  private static final Set<String> CUT =
      Set.of(
          "note",
          "client",
          "reason",
          "text",
          FieldNames.WHAT,
          "changes",
          "from",
          "to",
          "comment",
          "ended",
          "lock",
          "ticket");

  private static final int LEAST = 12;

  private final PrintStyle style;
  private final boolean table;
  private final Map<String, String> columns;

  /**
   * @param table false for fields between tabs
   * @param columns what stands above each, with the path of its value
   */
  public ColumnPrinter(PrintStyle style, boolean table, Map<String, String> columns) {
    this.style = style;
    this.table = table;
    this.columns = columns;
  }

  /**
   * What a list has to tell of each ticket for these columns.
   *
   * @param columns what stands above each, with the path of its value
   */
  public static Projection projection(Map<String, String> columns) {
    List<String> fields = new ArrayList<>();
    for (String path : columns.values()) {
      fields.add(path.split("\\.")[0]);
    }
    if (fields.contains("status")) {
      fields.add("lock");
    }
    return Projection.of(fields);
  }

  /** Tickets of a list, with the status that a list shows: open, closed or locked. */
  public void tickets(List<Ticket> tickets) {
    print(tickets.stream().map(WireJson::ticket).map(ColumnPrinter::ofList));
  }

  /** As {@link #tickets}, of the fields that {@link #projection} chose. */
  public void rows(List<ListedFields.Row> rows) {
    print(rows.stream().map(WireJson::row).map(ColumnPrinter::ofList));
  }

  private static JsonObject ofList(JsonObject row) {
    if (TicketFields.at(row, "lock").isJsonObject()) {
      row.addProperty("status", TicketWords.LOCKED);
    }
    return row;
  }

  /** The events of one ticket. */
  public void events(List<SequencedEvent> events) {
    print(events.stream().map(ColumnPrinter::row));
  }

  private static JsonObject row(SequencedEvent event) {
    JsonObject json = WireJson.event(event);
    json.addProperty(FieldNames.WHAT, EventSentence.what(event.event()));
    return json;
  }

  private void print(Stream<JsonObject> each) {
    Consumer<String> line = style.console()::printLine;
    if (!table) {
      each.forEach(row -> line.accept(String.join("\t", fields(row))));
      return;
    }
    List<JsonObject> rows = each.toList();
    Table lines = new Table(headings(rows));
    rows.forEach(row -> lines.row(cells(row)));
    lines.fill(style.empty());
    lines.lines(style.width(), style.colour()).forEach(line);
  }

  private List<String> fields(JsonObject row) {
    List<String> fields = new ArrayList<>();
    for (String path : columns.values()) {
      String text = TsvText.escape(TicketFields.column(TicketFields.at(row, path)));
      String field = text.isEmpty() ? style.empty() : text;
      fields.add(style.isTerminal() ? PlainText.line(field) : field);
    }
    return fields;
  }

  private Cell[] cells(JsonObject row) {
    return columns.values().stream()
        .map(path -> TicketFields.column(TicketFields.at(row, path)))
        .map(text -> Cell.of(text.replaceAll("\\s+", " ")))
        .toArray(Cell[]::new);
  }

  private Column[] headings(List<JsonObject> rows) {
    List<Column> headings = new ArrayList<>();
    columns.forEach((name, path) -> headings.add(heading(name, path, rows)));
    return headings.toArray(Column[]::new);
  }

  /** No column is left out: each was asked for. */
  private static Column heading(String name, String path, List<JsonObject> rows) {
    if (isCut(path)) {
      return Column.cut(name, 0, LEAST);
    }
    boolean number = rows.stream().anyMatch(row -> isNumber(TicketFields.at(row, path)));
    return number ? Column.number(name, 0) : Column.whole(name, 0);
  }

  private static boolean isNumber(JsonElement value) {
    return value instanceof JsonPrimitive primitive && primitive.isNumber();
  }

  private static boolean isCut(String path) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    TicketField<?> field = TicketField.called(name);
    return CUT.contains(name) || field != null && isText(field.type().form());
  }

  private static boolean isText(Form form) {
    return form != Form.WORD && form != Form.NUMBER;
  }
}

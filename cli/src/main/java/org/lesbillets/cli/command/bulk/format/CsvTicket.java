package org.lesbillets.cli.command.bulk.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.wire.TicketCodec;
import org.lesbillets.model.wire.WireFormatException;

/**
 * One row of CSV parsed to a ticket. Only the title is required: a row without an id gets a hash of
 * its content and of how often that occurred before. For one row.
 */
final class CsvTicket {
  private final Map<CsvColumn, String> cells;
  private final Maker maker;

  /**
   * State shared by the rows of one file.
   *
   * @param head the parsed first row
   * @param alike the count of equal rows so far, by the id hashed from them
   */
  record Maker(CsvHead head, TicketSource.Defaults defaults, Map<String, Integer> alike) {}

  /**
   * @param cells what the row says; empty cells are not there, and lines in them end with LF
   */
  CsvTicket(Map<CsvColumn, String> cells, Maker maker) {
    this.cells = cells;
    this.maker = maker;
  }

  ImportRecord record(long line) {
    try {
      boolean made = !cells.containsKey(CsvColumn.ID);
      boolean dated = cells.containsKey(CsvColumn.CREATED_AT);
      if (!made && !dated) {
        return ImportRecord.bad(line, "createdAt is missing: a row with an id has to say it");
      }
      JsonObject ticket = ticket(made ? madeId() : cells.get(CsvColumn.ID));
      return new ImportRecord(
          line,
          TicketCodec.decode(ticket.toString(), Long.toString(line)),
          null,
          List.of(),
          !dated,
          cells.containsKey(CsvColumn.NUMBER));
    } catch (NumberFormatException e) {
      return ImportRecord.bad(line, e.getMessage() + " is no whole number: write digits only");
    } catch (IllegalArgumentException | WireFormatException e) {
      return ImportRecord.bad(line, e.getMessage());
    }
  }

  private String madeId() {
    String said = NameUuid.of("row " + cells).toString();
    int before = maker.alike().merge(said, 1, Integer::sum) - 1;
    return before == 0 ? said : NameUuid.of(said + " again " + before).toString();
  }

  private JsonObject ticket(String id) {
    String createdAt = time(CsvColumn.CREATED_AT, "" + maker.defaults().now());
    String createdBy = cells.getOrDefault(CsvColumn.CREATED_BY, "" + maker.defaults().me());
    JsonObject ticket = new JsonObject();
    ticket.addProperty("createdAt", createdAt);
    ticket.addProperty("createdBy", createdBy);
    ticket.addProperty("updatedAt", time(CsvColumn.UPDATED_AT, createdAt));
    ticket.addProperty("updatedBy", createdBy);
    if (cells.containsKey(CsvColumn.UPDATED_BY)) {
      ticket.addProperty("updatedBy", cells.get(CsvColumn.UPDATED_BY));
    }
    ticket.addProperty("id", id.strip());
    addFields(ticket, TicketField.BEFORE_STAMPS);
    // Without a number any will do: the server replaces one that is taken by the next free.
    ticket.addProperty("number", whole(CsvColumn.NUMBER, "1"));
    addFields(ticket, TicketField.BEHIND_STAMPS);
    return ticket;
  }

  private String time(CsvColumn column, String otherwise) {
    return cells.containsKey(column) ? CsvTime.read(cells.get(column)) : otherwise;
  }

  private void addFields(JsonObject ticket, List<TicketField<?>> fields) {
    for (TicketField<?> field : fields) {
      CsvColumn column = CsvColumn.titled(field.wireName());
      if (cells.containsKey(column)) {
        ticket.add(field.wireName(), value(field, column));
      }
    }
  }

  private JsonElement value(TicketField<?> field, CsvColumn column) {
    String cell = cells.get(column);
    return switch (field.type().form()) {
      case TITLE, LINE, BLOCK -> new JsonPrimitive(cell);
      case WORD -> new JsonPrimitive(column.choices().isEmpty() ? cell : choice(column));
      case NUMBER -> new JsonPrimitive(whole(column, cell));
      case LIST -> {
        JsonArray texts = new JsonArray();
        FieldText.readAll(cell).forEach(texts::add);
        yield texts;
      }
    };
  }

  private String choice(CsvColumn column) {
    String word = cells.get(column).strip().toLowerCase(Locale.ROOT);
    if (!column.choices().contains(word)) {
      throw new IllegalArgumentException(
          "%s is none of %s: say which it is by --value '%s:%s=%s'"
              .formatted(
                  column.title(),
                  String.join(", ", column.choices()),
                  maker.head().title(column),
                  cells.get(column).strip(),
                  column.title().toUpperCase(Locale.ROOT)));
    }
    return word;
  }

  /**
   * @throws NumberFormatException if the cell is no whole number; its message is the column's title
   */
  private long whole(CsvColumn column, String otherwise) {
    try {
      return Long.parseLong(cells.getOrDefault(column, otherwise).strip());
    } catch (NumberFormatException e) {
      throw new NumberFormatException(column.title());
    }
  }
}

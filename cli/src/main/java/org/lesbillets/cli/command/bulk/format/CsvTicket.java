package org.lesbillets.cli.command.bulk.format;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketStatus;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.wire.TicketCodec;
import org.lesbillets.model.wire.WireFormatException;

/**
 * One row of CSV, made a ticket. Only the title has to be there: a row without an id gets one made
 * of what it says, and of how often the file said it before. For one row.
 */
final class CsvTicket {
  private static final List<CsvColumn> AS_IT_IS =
      List.of(
          CsvColumn.TITLE,
          CsvColumn.ASSIGNEE,
          CsvColumn.REQUESTER,
          CsvColumn.REFERENCE,
          CsvColumn.CREATED_BY,
          CsvColumn.UPDATED_BY);

  private static final List<String> STATUS_WORDS =
      Arrays.stream(TicketStatus.values()).map(TicketStatus::wireName).toList();
  private static final List<String> PRIORITY_WORDS =
      Arrays.stream(Priority.values()).map(Priority::wireName).toList();

  private final Map<CsvColumn, String> cells;
  private final Maker maker;

  /**
   * What the rows of one file have in common.
   *
   * @param head what the first row says
   * @param alike how often each was there so far, by the id that was made of it
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
    for (CsvColumn column : AS_IT_IS) {
      if (cells.containsKey(column)) {
        ticket.addProperty(column.title(), cells.get(column));
      }
    }
    choice(ticket, CsvColumn.STATUS, STATUS_WORDS);
    choice(ticket, CsvColumn.PRIORITY, PRIORITY_WORDS);
    ticket.addProperty("description", cells.getOrDefault(CsvColumn.DESCRIPTION, ""));
    ticket.addProperty("id", id.strip());
    // Any number will do where none is asked for: one that is taken gives way to the next free.
    ticket.addProperty("number", whole(CsvColumn.NUMBER, "1"));
    ticket.addProperty("attempts", whole(CsvColumn.ATTEMPTS, "0"));
    ticket.add("tags", tags());
    return ticket;
  }

  private String time(CsvColumn column, String otherwise) {
    return cells.containsKey(column) ? CsvTime.read(cells.get(column)) : otherwise;
  }

  private void choice(JsonObject ticket, CsvColumn column, List<String> words) {
    if (!cells.containsKey(column)) {
      return;
    }
    String word = cells.get(column).strip().toLowerCase(Locale.ROOT);
    if (!words.contains(word)) {
      String title = maker.head().title(column);
      throw new IllegalArgumentException(
          "%s is none of %s: say which it is by --value '%s:%s=%s'"
              .formatted(
                  column.title(),
                  String.join(", ", words),
                  title,
                  cells.get(column).strip(),
                  column.title().toUpperCase(Locale.ROOT)));
    }
    ticket.addProperty(column.title(), word);
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

  private JsonArray tags() {
    JsonArray tags = new JsonArray();
    FieldText.readAll(cells.getOrDefault(CsvColumn.TAGS, "")).forEach(tags::add);
    return tags;
  }
}

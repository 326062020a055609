package org.lesbillets.cli.exchange;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tickets as rows of CSV (RFC 4180), with the names of their fields in the first. One thread; holds
 * a row, and an id for each that names none.
 */
final class CsvRows implements TicketSource {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Pattern LINE_END = Pattern.compile("\\r\\n?");

  private final CsvReader<CsvRecord> reader;
  private final CsvTicket.Maker maker;

  /** What is in which place; null where it is nothing a ticket has. */
  private final List<CsvColumn> columns = new ArrayList<>();

  /** About the first row, until they are told with the record that comes next. */
  private final List<ImportRecord.Note> notes = new ArrayList<>();

  private Iterator<CsvRecord> rows;

  /** Of the row that was read last; 0 before the first. */
  private long line;

  private boolean ended;

  CsvRows(InputStream in, Defaults defaults) {
    this.maker = new CsvTicket.Maker(defaults, new HashMap<>());
    this.reader =
        CsvReader.builder()
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()));
  }

  @Override
  public ImportRecord next() {
    try {
      ImportRecord record = ended ? null : read();
      ended = record == null || columns.isEmpty();
      return record;
    } catch (CsvParseException e) {
      ended = true;
      return ImportRecord.bad(line + 1, "this is not CSV: nothing from here on can be read");
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof CharacterCodingException) {
        ended = true;
        return ImportRecord.bad(
            line + 1, "nothing from here on can be read: some of it is not UTF-8 text");
      }
      throw new UncheckedIOException("the input cannot be read beyond line " + line, e.getCause());
    }
  }

  private ImportRecord read() {
    if (rows == null) {
      rows = reader.iterator();
      ImportRecord unusable = rows.hasNext() ? head(rows.next()) : null;
      if (unusable != null) {
        return unusable;
      }
    }
    if (!rows.hasNext()) {
      return null;
    }
    ImportRecord record = record(rows.next()).withNotes(notes);
    notes.clear();
    return record;
  }

  /** Takes the first row; gives what is wrong with it, if something is. */
  private ImportRecord head(CsvRecord row) {
    line = row.getStartingLineNumber();
    List<CsvColumn> named = new ArrayList<>();
    for (String cell : row.getFields()) {
      String title = cell.replace(BYTE_ORDER_MARK, "").strip();
      CsvColumn column = CsvColumn.of(title).orElse(null);
      if (column == null && !title.isEmpty()) {
        String sentence = "the column '" + title + "' is none of a ticket's and is left out";
        notes.add(new ImportRecord.Note(line, sentence));
      }
      if (column != null && named.contains(column)) {
        return ImportRecord.bad(
            line, "the column " + column.title() + " is there twice: name each column once");
      }
      named.add(column);
    }
    if (!named.contains(CsvColumn.TITLE)) {
      return ImportRecord.bad(
          line,
          "there is no column title: the first row names the columns, some of "
              + Arrays.stream(CsvColumn.values())
                  .map(CsvColumn::title)
                  .collect(Collectors.joining(",")));
    }
    columns.addAll(named);
    return null;
  }

  private ImportRecord record(CsvRecord row) {
    line = row.getStartingLineNumber();
    if (row.getFieldCount() > columns.size()) {
      return ImportRecord.bad(
          line,
          "the row has " + row.getFieldCount() + " cells, and the first one " + columns.size());
    }
    Map<CsvColumn, String> cells = new EnumMap<>(CsvColumn.class);
    for (int i = 0; i < row.getFieldCount(); i++) {
      // Of whatever line ends the file is: the same row is to be the same ticket.
      String cell = CsvCells.read(LINE_END.matcher(row.getField(i)).replaceAll("\n"));
      if (columns.get(i) != null && !cell.isEmpty()) {
        cells.put(columns.get(i), cell);
      }
    }
    return new CsvTicket(cells, maker).record(line);
  }
}

package org.lesbillets.cli.command.bulk.format;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Parses tickets from rows of CSV (RFC 4180) whose first names the fields. Confined to one thread;
 * holds a row, and an id for each that names none.
 */
final class CsvRows implements TicketSource {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private static final Pattern LINE_END = Pattern.compile("\\r\\n?|\\n");

  private final CsvReader<CsvRecord> reader;
  private final CsvLayout layout;
  private final TicketSource.Defaults defaults;
  private final String encoding;

  /** Notes about the first row, until they are reported with the next record. */
  private final List<ImportRecord.Note> notes = new ArrayList<>();

  private Iterator<CsvRecord> rows;

  /** The parsed first row; null before it was read. */
  private CsvHead head;

  private CsvTicket.Maker maker;

  /** The line of the row read last; 0 before the first. */
  private long line;

  private boolean ended;

  CsvRows(EncodedInput in, CsvLayout layout, Defaults defaults) {
    this.layout = layout;
    this.defaults = defaults;
    this.encoding = in.encoding();
    this.reader =
        CsvReader.builder()
            .fieldSeparator(layout.separator())
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .allowUnclosedQuote(false)
            .ofCsvRecord(in.text());
  }

  @Override
  public ImportRecord next() {
    try {
      ImportRecord record = ended ? null : read();
      ended = record == null || head == null;
      return record;
    } catch (CsvParseException e) {
      ended = true;
      return ImportRecord.bad(line + 1, "this is not CSV: nothing from here on can be read");
    } catch (UncheckedIOException e) {
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

  /** Parses the first row; returns its error, if any. */
  private ImportRecord head(CsvRecord row) {
    line = row.getStartingLineNumber();
    ImportRecord unreadable = unreadable(row);
    if (unreadable != null) {
      return unreadable;
    }
    List<String> titles = new ArrayList<>();
    row.getFields().forEach(cell -> titles.add(cell.replace(BYTE_ORDER_MARK, "").strip()));
    try {
      head = new CsvHead(titles, layout);
    } catch (IllegalArgumentException e) {
      return ImportRecord.bad(line, e.getMessage());
    }
    maker = new CsvTicket.Maker(head, defaults, new HashMap<>());
    head.leftOut()
        .forEach(
            title ->
                notes.add(new ImportRecord.Note(line, "the column '" + title + "' is left out")));
    return null;
  }

  private ImportRecord record(CsvRecord row) {
    line = row.getStartingLineNumber();
    ImportRecord unreadable = unreadable(row);
    if (unreadable != null) {
      return unreadable;
    }
    if (row.getFieldCount() > head.size()) {
      return ImportRecord.bad(
          line, "the row has " + row.getFieldCount() + " cells, and the first one " + head.size());
    }
    Map<CsvColumn, String> cells = new TreeMap<>();
    for (int i = 0; i < row.getFieldCount(); i++) {
      CsvColumn column = head.column(i);
      // Independent of the line ends of the file: the same row has to be the same ticket.
      String cell = CsvCells.read(LINE_END.matcher(row.getField(i)).replaceAll("\n"));
      String meant = column == null ? "" : head.meant(column, cell);
      if (!meant.isEmpty()) {
        cells.put(column, meant);
      }
    }
    return new CsvTicket(cells, maker).record(line);
  }

  /** What is wrong with a row in which bytes are no text, by the line they are in. */
  private ImportRecord unreadable(CsvRecord row) {
    long at = row.getStartingLineNumber();
    for (String cell : row.getFields()) {
      int mark = MarkedText.markIn(cell);
      at += lineEnds(mark < 0 ? cell : cell.substring(0, mark));
      if (mark >= 0) {
        return ImportRecord.bad(
            at, "some of it is no text in " + encoding + ": name another encoding by --encoding");
      }
    }
    return null;
  }

  private static long lineEnds(String text) {
    return LINE_END.matcher(text).results().count();
  }
}

package org.lesbillets.cli.command.bulk.format;

import java.util.List;
import java.util.stream.Collectors;
import org.lesbillets.model.query.Spelling;

/**
 * How the columns of another program's CSV become fields.
 *
 * @param columns which column is which field, beside those that bear a field's name
 * @param words what values of columns mean
 * @param ignoreColumns whether columns that are no field are left out, rather than refused
 * @param delimiter what stands between the cells; null for a comma
 */
public record CsvLayout(
    List<ColumnField> columns, List<ColumnWord> words, boolean ignoreColumns, Character delimiter) {
  /** The layout of an export. */
  public static final CsvLayout OWN = new CsvLayout(List.of(), List.of(), false, null);

  private static final char COMMA = ',';

  public CsvLayout {
    columns = List.copyOf(columns);
    words = List.copyOf(words);
  }

  /** Whether it is that of an export. */
  public boolean isOwn() {
    return equals(OWN);
  }

  char separator() {
    return delimiter == null ? COMMA : delimiter;
  }

  /**
   * A column that is a field.
   *
   * @param field its name, as export writes it
   */
  public record ColumnField(String column, String field) {
    /**
     * Reads {@code COLUMN=FIELD}.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    public static ColumnField parse(String text) {
      int equals = text.lastIndexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "'" + text + "' is no mapping: give COLUMN=FIELD, as in 'State=status'");
      }
      String field = text.substring(equals + 1).strip();
      return new ColumnField(
          text.substring(0, equals).strip(),
          CsvColumn.of(field)
              .map(CsvColumn::title)
              .orElseThrow(() -> new IllegalArgumentException(unknown(field))));
    }

    private static String unknown(String field) {
      List<String> fields = CsvColumn.titles();
      String near = Spelling.nearest(field, fields);
      return "a ticket has no field '"
          + field
          + "': "
          + (near == null
              ? fields.stream().collect(Collectors.joining(", ", "use one of ", ""))
              : "did you mean " + near + "?");
    }
  }

  /**
   * What a value of a column means.
   *
   * @param from {@code COLUMN:FROM}; only the head of the file says where the column's name ends
   * @param to the value of the field
   */
  public record ColumnWord(String from, String to) {
    /**
     * Reads {@code COLUMN:FROM=TO}.
     *
     * @throws IllegalArgumentException if it is none; the message says what is wrong
     */
    public static ColumnWord parse(String text) {
      int equals = text.lastIndexOf('=');
      if (equals < 0 || text.indexOf(':') < 1 || text.indexOf(':') > equals) {
        throw new IllegalArgumentException(
            "'" + text + "' is no value: give COLUMN:FROM=TO, as in 'State:Done=closed'");
      }
      return new ColumnWord(text.substring(0, equals), text.substring(equals + 1).strip());
    }
  }

  /**
   * Parses a delimiter: one character, {@code \t} or {@code tab}.
   *
   * @throws IllegalArgumentException if it is none; the message says what is
   */
  public static char parseDelimiter(String text) {
    String one = text.equals("\\t") || text.equals("tab") ? "\t" : text;
    if (one.length() != 1 || "\"\r\n".contains(one) || Character.isSurrogate(one.charAt(0))) {
      throw new IllegalArgumentException(
          "'" + text + "' cannot stand between cells: give one character, as in ';', or tab");
    }
    return one.charAt(0);
  }
}

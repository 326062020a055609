package org.lesbillets.cli.command.bulk.format;

/**
 * Escaping of CSV cells: a text that a spreadsheet would take for a formula is written behind an
 * apostrophe and read without; nothing else changes. Stateless.
 */
final class CsvCells {
  /** What a formula begins with. */
  private static final String FORMULA = "=+-@\t\r";

  private CsvCells() {}

  /** A text as a cell has it. */
  static String written(String text) {
    return text == null ? "" : isFormula(text) ? "'" + text : text;
  }

  /** The text of a cell. */
  static String read(String cell) {
    return cell.startsWith("'") && isFormula(cell) ? cell.substring(1) : cell;
  }

  /** Whether the first character that is no apostrophe begins a formula. */
  private static boolean isFormula(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) == '\'') {
      first++;
    }
    return first < text.length() && FORMULA.indexOf(text.charAt(first)) >= 0;
  }
}

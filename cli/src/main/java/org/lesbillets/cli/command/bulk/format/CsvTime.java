package org.lesbillets.cli.command.bulk.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parser of the times that trackers and spreadsheets write, to RFC 3339: a day, with or without a
 * time and an offset; UTC without one. Stateless; any thread.
 */
final class CsvTime {
  private static final Pattern SHAPE =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)(?:[T ](\\d\\d:\\d\\d)(:\\d\\d(?:[.,]\\d{1,9})?)?"
              + "\\s*(Z|UTC|GMT|[+-]\\d\\d:?\\d\\d)?)?",
          Pattern.CASE_INSENSITIVE);

  private CsvTime() {}

  /** The time in RFC 3339; anything else is returned unchanged. */
  static String read(String cell) {
    Matcher time = SHAPE.matcher(cell.strip());
    if (!time.matches()) {
      return cell;
    }
    String minutes = time.group(2) == null ? "00:00" : time.group(2);
    String seconds = time.group(3) == null ? ":00" : time.group(3).replace(',', '.');
    return time.group(1) + "T" + minutes + seconds + offset(time.group(4));
  }

  private static String offset(String written) {
    boolean hours = written != null && (written.startsWith("+") || written.startsWith("-"));
    return hours ? written.substring(0, 3) + ":" + written.substring(written.length() - 2) : "Z";
  }
}

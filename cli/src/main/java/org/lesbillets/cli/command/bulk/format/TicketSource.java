package org.lesbillets.cli.command.bulk.format;

import java.time.Instant;
import org.lesbillets.model.AgentName;

/** Reads tickets from a file as they are asked for. One thread; holds one record. */
public interface TicketSource {
  /**
   * The next record.
   *
   * @return null at the end
   * @throws java.io.UncheckedIOException if the file cannot be read
   */
  ImportRecord next();

  /**
   * What is said of a ticket that does not say it itself.
   *
   * @param now when it was made
   * @param me who made it
   */
  record Defaults(Instant now, AgentName me) {}

  /**
   * The reader of a format.
   *
   * @param format null where it is to be seen: issues of gh begin with a bracket
   * @param layout of columns, where there are some
   */
  static TicketSource of(
      ExchangeFormat format, EncodedInput in, CsvLayout layout, Defaults defaults) {
    if (format == ExchangeFormat.CSV) {
      return new CsvRows(in, layout, defaults);
    }
    EncodedInput.Utf8Input text = in.utf8();
    boolean issues = format == null ? text.beginsWith('[') : format == ExchangeFormat.GH;
    return issues ? new GhIssues(text.stream()) : new JsonLines(text.stream(), format == null);
  }
}

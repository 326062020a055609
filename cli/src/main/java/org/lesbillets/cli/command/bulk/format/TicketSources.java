package org.lesbillets.cli.command.bulk.format;

/** Factory of the parsers of all formats. Stateless. */
public final class TicketSources {
  private TicketSources() {}

  /**
   * The reader of a format.
   *
   * @param format null to detect it: issues of gh begin with a bracket
   * @param layout of columns, where there are some
   */
  public static TicketSource of(
      ExchangeFormat format, EncodedInput in, CsvLayout layout, TicketSource.Defaults defaults) {
    if (format == ExchangeFormat.CSV) {
      return new CsvRows(in, layout, defaults);
    }
    EncodedInput.Utf8Input text = in.utf8();
    boolean issues = format == null ? text.beginsWith('[') : format == ExchangeFormat.GH;
    return issues ? new GhIssues(text.stream()) : new JsonLines(text.stream(), format == null);
  }
}

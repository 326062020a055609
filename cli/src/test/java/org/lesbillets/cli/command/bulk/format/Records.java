package org.lesbillets.cli.command.bulk.format;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Ticket;

/** Reads what a test wrote. */
final class Records {
  static final Instant NOW = Instant.parse("2026-11-22T09:00:00Z");
  static final AgentName ROOT = new AgentName("root");

  private Records() {}

  static List<ImportRecord> read(ExchangeFormat format, String text) {
    return read(format, text.getBytes(StandardCharsets.UTF_8));
  }

  static List<ImportRecord> read(ExchangeFormat format, byte[] bytes) {
    return read(format, bytes, null, CsvLayout.OWN);
  }

  /**
   * @param encoding null where it is to be found out
   */
  static List<ImportRecord> read(
      ExchangeFormat format, byte[] bytes, Charset encoding, CsvLayout layout) {
    TicketSource source =
        TicketSources.of(
            format,
            EncodedInput.of(new ByteArrayInputStream(bytes), encoding),
            layout,
            new TicketSource.Defaults(NOW, ROOT));
    List<ImportRecord> records = new ArrayList<>();
    for (ImportRecord record = source.next(); record != null; record = source.next()) {
      records.add(record);
    }
    return records;
  }

  static ImportRecord only(ExchangeFormat format, String text) {
    List<ImportRecord> records = read(format, text);
    if (records.size() != 1) {
      throw new AssertionError("not one record but " + records);
    }
    return records.get(0);
  }

  static Ticket ticket(ExchangeFormat format, String text) {
    ImportRecord record = only(format, text);
    if (record.problem() != null) {
      throw new AssertionError(record.problem());
    }
    return record.ticket().ticket();
  }

  /** Line and number of each, or line and problem. */
  static String summary(List<ImportRecord> records) {
    StringBuilder summary = new StringBuilder();
    for (ImportRecord record : records) {
      summary
          .append(record.line())
          .append(record.problem() == null ? "#" + record.ticket().ticket().number() : "!")
          .append(' ');
    }
    return summary.toString().strip();
  }
}

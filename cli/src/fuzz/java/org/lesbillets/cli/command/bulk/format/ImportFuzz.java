package org.lesbillets.cli.command.bulk.format;

import java.util.Arrays;
import java.util.List;

/**
 * Fuzz target of the parsers of imported files: whatever a file holds, each record is a ticket or a
 * problem with a sentence, and the parser ends. The first byte chooses the format. For one thread.
 */
public final class ImportFuzz {
  private static final ExchangeFormat[] FORMATS = {
    null, ExchangeFormat.CSV, ExchangeFormat.GH, ExchangeFormat.JSONL
  };

  private ImportFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 0) {
      return;
    }
    ExchangeFormat format = FORMATS[input[0] & 3];
    byte[] file = Arrays.copyOfRange(input, 1, input.length);
    List<ImportRecord> records = Records.read(format, file);
    if (records.size() > file.length + 1) {
      throw new AssertionError(records.size() + " records of " + file.length + " bytes");
    }
    for (ImportRecord record : records) {
      if (record.ticket() == null && (record.problem() == null || record.problem().isBlank())) {
        throw new AssertionError("a record that is nothing: " + record);
      }
    }
  }
}

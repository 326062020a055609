package org.lesbillets.cli.exchange;

import java.io.InputStream;
import java.util.List;
import org.lesbillets.model.wire.TicketCodec;
import org.lesbillets.model.wire.WireFormatException;

/** Tickets as export writes them, one a line. One thread; holds one line, of at most 32 MiB. */
final class JsonLines implements TicketSource {
  private static final int LONGEST_LINE = 32 << 20;

  private final InputLines lines;

  JsonLines(InputStream in) {
    this.lines = new InputLines(in, LONGEST_LINE);
  }

  @Override
  public ImportRecord next() {
    InputLines.Line line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    return line == null ? null : record(line);
  }

  private static ImportRecord record(InputLines.Line line) {
    if (line.problem() != null) {
      return ImportRecord.bad(line.number(), "the line " + line.problem());
    }
    try {
      String id = Long.toString(line.number());
      return ImportRecord.of(line.number(), TicketCodec.decode(line.text(), id), List.of());
    } catch (WireFormatException e) {
      return ImportRecord.bad(line.number(), e.getMessage());
    }
  }
}

package org.lesbillets.cli.command.bulk.format;

import java.io.InputStream;
import java.util.List;
import org.lesbillets.model.wire.TicketCodec;
import org.lesbillets.model.wire.WireFormatException;

/**
 * Parser of tickets as export writes them, one a line. Confined to one thread; buffers one line, of
 * at most 32 MiB.
 */
final class JsonLines implements TicketSource {
  private static final int LONGEST_LINE = 32 << 20;

  private final InputLines lines;

  /** Whether the next record is the first of a file without a named format. */
  private boolean guessed;

  /**
   * @param guessed whether the format is a guess
   */
  JsonLines(InputStream in, boolean guessed) {
    this.lines = new InputLines(in, LONGEST_LINE);
    this.guessed = guessed;
  }

  @Override
  public ImportRecord next() {
    InputLines.Line line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    if (line == null) {
      return null;
    }
    boolean other = guessed && line.problem() == null && !line.text().strip().startsWith("{");
    guessed = false;
    return other
        ? ImportRecord.bad(line.number(), "this is no JSON: if it is a table, give --format csv")
        : record(line);
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

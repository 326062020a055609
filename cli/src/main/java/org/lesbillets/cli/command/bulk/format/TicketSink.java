package org.lesbillets.cli.command.bulk.format;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import org.lesbillets.model.Comment;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.wire.TicketCodec;

/** Streaming writer of tickets in one format. Confined to one thread; holds one ticket. */
public interface TicketSink {
  /** Writes what precedes all tickets. */
  default void begin() {}

  /**
   * @param comments all of them, oldest first
   */
  void write(Ticket ticket, List<Comment> comments);

  /** Writes what follows all tickets. */
  default void end() {}

  /** Whether what is said about tickets goes with them. */
  default boolean takesComments() {
    return true;
  }

  /** A ticket a line, as {@link TicketCodec} writes it. */
  static TicketSink jsonLines(Consumer<String> out) {
    return (ticket, comments) -> out.accept(TicketCodec.encode(ticket, comments) + "\n");
  }

  /** One array of what {@link #jsonLines} writes, an element a line. */
  static TicketSink jsonArray(Consumer<String> out) {
    return new TicketSink() {
      private String before = "[";

      @Override
      public void write(Ticket ticket, List<Comment> comments) {
        out.accept(before + TicketCodec.encode(ticket, comments));
        before = ",\n";
      }

      @Override
      public void end() {
        out.accept(before.equals("[") ? "[]\n" : "]\n");
      }
    };
  }

  /** A ticket a row of CSV (RFC 4180), below the names of the columns. */
  static TicketSink csv(Consumer<String> out) {
    return new TicketSink() {
      @Override
      public void begin() {
        row(CsvColumn.titles());
      }

      @Override
      public void write(Ticket ticket, List<Comment> comments) {
        row(CsvColumn.ALL.stream().map(column -> column.cell(ticket)).toList());
      }

      @Override
      public boolean takesComments() {
        return false;
      }

      private void row(List<String> cells) {
        StringWriter row = new StringWriter();
        CsvWriter.builder()
            .bufferSize(0)
            .lineDelimiter(LineDelimiter.CRLF)
            .build(row)
            .writeRecord(cells);
        out.accept(row.toString());
      }
    };
  }
}

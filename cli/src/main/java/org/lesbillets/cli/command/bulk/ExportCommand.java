package org.lesbillets.cli.command.bulk;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.lesbillets.cli.client.pipeline.PipelineResult;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.QueryWords;
import org.lesbillets.cli.command.TicketSelection;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.command.bulk.format.ExchangeFormat;
import org.lesbillets.cli.command.bulk.format.TicketSink;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.output.console.Progress;
import org.lesbillets.model.TicketId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code export}: whole tickets, read through a pipeline and written in their order. */
@Command(
    name = "export",
    description = {
      "Print whole tickets, to be kept, or imported elsewhere.",
      "In jsonl a ticket a line, with everything said about it (with --output json all in one"
          + " array); locks and history are left out. In csv a ticket a row, without comments; a"
          + " text that a spreadsheet would take for a formula stands behind an apostrophe."
    },
    customSynopsis = "billets export [QUERY…] [--format jsonl|csv]",
    footer = {
      "  billets export >tickets.jsonl",
      "  billets export status:closed 'updated:<7d' --format csv >closed.csv",
      "  billets export | billets --context new import -"
    })
public final class ExportCommand implements Verb {
  private static final int JOBS = 64;

  @Mixin QueryWords query;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = BulkConverters.OfExport.class,
      description = "jsonl or csv (jsonl).")
  ExchangeFormat format = ExchangeFormat.JSONL;

  @Override
  public void run(CommandContext context) {
    List<TicketId> ids = context.service().ids(TicketSelection.of(query.query()));
    TicketSink sink = sink(context);
    sink.begin();
    ExportSink exports;
    PipelineResult end;
    try (Progress progress = progress(context, ids.size())) {
      exports = new ExportSink(context, progress, sink);
      Iterator<TicketId> each = ids.iterator();
      end =
          context
              .service()
              .perform(JOBS, () -> each.hasNext() ? new ExportJob(each.next()) : null, exports);
    }
    sink.end();
    exports.check(end);
  }

  private TicketSink sink(CommandContext context) {
    Consumer<String> out = context.console()::print;
    if (format == ExchangeFormat.CSV) {
      return TicketSink.csv(out);
    }
    return context.format() == OutputFormat.JSON
        ? TicketSink.jsonArray(out)
        : TicketSink.jsonLines(out);
  }

  /** When the tickets themselves are printed on the terminal, they are progress enough. */
  private static Progress progress(CommandContext context, int tickets) {
    return context.console().terminal().out()
        ? Progress.none()
        : Progress.of(context.console(), "export", tickets);
  }
}

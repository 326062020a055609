package org.lesbillets.cli.command.bulk;

import org.lesbillets.cli.client.pipeline.JobSink;
import org.lesbillets.cli.client.pipeline.PipelineResult;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.command.bulk.format.InputLines;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.model.WireLimits;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The verb {@code batch}: many operations over one connection. */
@Command(
    name = "batch",
    description = {
      "Do many operations over one connection, one for each line of FILE.",
      "A line is a request of the protocol without requestId: a change, GetTicket, or GetTickets"
          + " without watch. Results come in the order of the lines, one a line:"
          + " {\"line\":N,\"answer\":{…}} or {\"line\":N,\"error\":{code, message, details}}."
          + " Lines about one ticket are done in their order, others at once. A bad line is a"
          + " result like the others; the exit code is that of the first."
    },
    customSynopsis = "billets batch [FILE|-] [--jobs N] [--stop-on-error]",
    footer = {
      "  echo '{\"type\":\"CommentTicket\",\"ticket\":17,\"text\":\"Hello\"}' | billets batch",
      "  billets batch changes.jsonl --stop-on-error >results.jsonl",
      "  billets batch changes.jsonl | jq -c 'select(.error)'"
    })
public final class BatchCommand implements Verb {
  private static final int JOBS = 64;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE|-",
      description = "What is to be done; standard input when it is left out.")
  String file = InputFile.STANDARD_INPUT;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      converter = BulkConverters.OfJobs.class,
      description =
          "How many at a time, 1 to 256 (64, and 1 with --stop-on-error); with 1 each waits for the"
              + " one before.")
  Integer jobs;

  @Option(
      names = "--stop-on-error",
      description =
          "Begin no line after one that failed; say how many those are. With --jobs 2 or more, the"
              + " lines that are under way by then come to their end.")
  boolean stopOnError;

  @Override
  public void run(CommandContext context) {
    try (InputFile input = InputFile.open(file, context)) {
      input.sayWhatToType("operation a line");
      InputLines lines = new InputLines(input.stream(), WireLimits.CLIENT_MESSAGE_BYTES);
      Results results = new Results(context.printOr(OutputFormat.JSONL), context, stopOnError);
      results.end(context.service().perform(jobs(), () -> next(lines), results));
    }
  }

  /** Serialized where a failure has to stop the next line from beginning. */
  private int jobs() {
    return jobs != null ? jobs : stopOnError ? 1 : JOBS;
  }

  private static BatchLine next(InputLines lines) {
    InputLines.Line line = lines.next();
    while (line != null && line.isBlank()) {
      line = lines.next();
    }
    return line == null ? null : BatchLine.of(line);
  }

  /** Sink that prints results, and remembers the first failure. */
  private static final class Results implements JobSink<BatchLine> {
    private final ResultPrinter print;
    private final CommandContext context;
    private final boolean stopOnError;
    private long count;
    private long failures;
    private BatchLine first;

    Results(ResultPrinter print, CommandContext context, boolean stopOnError) {
      this.print = print;
      this.context = context;
      this.stopOnError = stopOnError;
    }

    @Override
    public boolean goesOnAfter(BatchLine line) {
      return !stopOnError || line.reason() == null;
    }

    @Override
    public void take(BatchLine line) {
      count++;
      if (line.reason() != null) {
        failures++;
        first = first == null ? line : first;
      }
      print.batched(line.report());
    }

    @Override
    public void pause() {
      context.console().flush();
    }

    /**
     * @throws PartialFailureException if lines failed
     */
    void end(PipelineResult end) {
      print.batchEnded();
      if (first != null) {
        throw PartialFailureException.of(
            failures
                + " of "
                + count
                + " lines failed, line "
                + first.number()
                + " first: "
                + first.reason().getMessage(),
            end,
            "line",
            first.reason());
      }
      if (end.failure() != null) {
        throw end.failure();
      }
    }
  }
}

package org.lesbillets.cli.command;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.lesbillets.cli.client.JobSource;
import org.lesbillets.cli.client.JobsEnd;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.exchange.ExchangeFormat;
import org.lesbillets.cli.exchange.ImportRecord;
import org.lesbillets.cli.exchange.TicketSource;
import org.lesbillets.cli.output.Progress;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.RejectionDetails;
import org.lesbillets.model.message.ServerMessage.Rejected;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Brings tickets in from elsewhere. */
@Command(
    name = "import",
    description = {
      "Import tickets from elsewhere: what export wrote, CSV, or the issues of gh.",
      "Whole tickets, with their ids, times, authors and comments; a number that is taken becomes"
          + " the next free one. What is there already is left alone, so that a file can be"
          + " imported again, also to go on where it was interrupted. A bad record is told with its"
          + " line, and the others go on. Needs an admin's token."
    },
    customSynopsis = "billets import FILE|- [--format jsonl|csv|gh] [--dry-run]",
    footer = {
      "  billets import tickets.jsonl",
      "  billets import tickets.csv --dry-run",
      "  gh issue list --state all --limit 9999 --json number,title,body,state,\\",
      "labels,assignees,author,createdAt,updatedAt,url,comments >issues.json",
      "  billets import issues.json --format gh"
    })
final class ImportCommand implements Verb {
  private static final int JOBS = 64;
  private static final int SNIFFED_BYTES = 4_096;

  @Parameters(paramLabel = "FILE|-", description = "What to import; - for standard input.")
  String file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = BulkConverters.OfExchange.class,
      description = "jsonl, csv or gh. Else csv for *.csv, gh for what begins with [, or jsonl.")
  ExchangeFormat format;

  @Option(names = "--dry-run", description = "Say what would come of it, and change nothing.")
  boolean dryRun;

  /** A record and how far the input was read for it, made something to be done. */
  private interface Maker {
    ImportWork make(ImportRecord record, long place);
  }

  @Override
  public void run(Invocation invocation) {
    try (InputFile input = InputFile.open(file, invocation)) {
      if (invocation.desk().role() != Role.ADMIN) {
        throw notAllowed();
      }
      input.sayWhatToType("ticket a line");
      bring(input, invocation);
    }
  }

  private static RejectedException notAllowed() {
    return new RejectedException(
        new Rejected(
            null,
            RejectionCode.FORBIDDEN,
            "import needs the role admin: ask whoever runs the server for such a token",
            RejectionDetails.NONE));
  }

  private void bring(InputFile input, Invocation invocation) {
    TicketSource source = source(input, invocation);
    Imports imports;
    JobsEnd end;
    try (Progress progress = Progress.of(invocation.console(), "import", input.size())) {
      imports = new Imports(invocation, progress, dryRun);
      end = invocation.desk().perform(JOBS, works(source, input), imports);
    }
    invocation.print().imported(imports.report());
    imports.check(end);
  }

  private JobSource<ImportWork> works(TicketSource source, InputFile input) {
    Maker maker = dryRun ? ImportTrial::of : ImportJob::of;
    return () -> {
      ImportRecord record = source.next();
      return record == null ? null : maker.make(record, input.position());
    };
  }

  private TicketSource source(InputFile input, Invocation invocation) {
    InputStream stream = new BufferedInputStream(input.stream(), SNIFFED_BYTES);
    return TicketSource.of(
        format == null ? guessed(stream) : format,
        stream,
        new TicketSource.Defaults(invocation.now(), invocation.desk().me()));
  }

  private ExchangeFormat guessed(InputStream stream) {
    if (file.endsWith(".csv")) {
      return ExchangeFormat.CSV;
    }
    try {
      stream.mark(SNIFFED_BYTES);
      int first = stream.read();
      for (int i = 1; i < SNIFFED_BYTES && first >= 0 && first <= ' '; i++) {
        first = stream.read();
      }
      stream.reset();
      return first == '[' ? ExchangeFormat.GH : ExchangeFormat.JSONL;
    } catch (IOException e) {
      throw new UncheckedIOException("the input cannot be read: " + e.getMessage(), e);
    }
  }
}

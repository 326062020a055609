package org.lesbillets.cli.command.bulk;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.pipeline.JobSource;
import org.lesbillets.cli.client.pipeline.PipelineResult;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.command.bulk.format.CsvLayout;
import org.lesbillets.cli.command.bulk.format.EncodedInput;
import org.lesbillets.cli.command.bulk.format.ExchangeFormat;
import org.lesbillets.cli.command.bulk.format.ImportRecord;
import org.lesbillets.cli.command.bulk.format.TicketSource;
import org.lesbillets.cli.command.bulk.format.TicketSources;
import org.lesbillets.cli.output.console.Progress;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.RejectionCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The verb {@code import}: whole tickets from a file, through a pipeline; idempotent, since a
 * ticket's id decides whether it is there.
 */
@Command(
    name = "import",
    description = {
      "Import tickets from elsewhere: what export wrote, CSV, or the issues of gh.",
      "Whole tickets, with their ids, times, authors and comments; a number that is taken becomes"
          + " the next free one. What is there already is left alone, so that a file can be"
          + " imported again, also to go on where it was interrupted. A bad record is told with its"
          + " line, and the others go on. Needs an admin's token.",
      "Columns of another program's CSV that are no fields are refused, unless --map says which"
          + " field they are, or --ignore-columns leaves them out. Times without an offset are"
          + " UTC."
    },
    customSynopsis = "billets import FILE|- [--format jsonl|csv|gh] [--dry-run] [options]",
    footer = {
      "  billets import tickets.jsonl",
      "  billets import tickets.csv --dry-run",
      "  billets import jira.csv --map Summary=title --map Status=status --value \\",
      "'Status:In Review=open' --value Status:Done=closed --ignore-columns",
      "  gh issue list --state all --limit 9999 --json number,title,body,state,\\",
      "labels,assignees,author,createdAt,updatedAt,url,comments >issues.json",
      "  billets import issues.json --format gh"
    })
public final class ImportCommand implements Verb {
  private static final int JOBS = 64;

  @Parameters(paramLabel = "FILE|-", description = "What to import; - for standard input.")
  String file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      converter = BulkConverters.OfImport.class,
      description = "jsonl, csv or gh. Else csv for *.csv, gh for what begins with [, or jsonl.")
  ExchangeFormat format;

  @Option(
      names = "--map",
      paramLabel = "COLUMN=FIELD",
      converter = BulkConverters.OfColumn.class,
      description = "Which field of a ticket a column of the CSV is; may be given again.")
  List<CsvLayout.ColumnField> columns = new ArrayList<>();

  @Option(
      names = "--value",
      paramLabel = "COLUMN:FROM=TO",
      converter = BulkConverters.OfWord.class,
      description = "What a value of a column means; may be given again.")
  List<CsvLayout.ColumnWord> words = new ArrayList<>();

  @Option(names = "--ignore-columns", description = "Leave out columns that are no field.")
  boolean ignoreColumns;

  @Option(
      names = "--delimiter",
      paramLabel = "C",
      converter = BulkConverters.OfDelimiter.class,
      description = "What stands between the cells of the CSV: one character, or tab (a comma).")
  Character delimiter;

  @Option(
      names = "--encoding",
      paramLabel = "NAME",
      converter = BulkConverters.OfEncoding.class,
      description = "As ISO-8859-1 or windows-1252. Else that of the byte order mark, or UTF-8.")
  Charset encoding;

  @Option(names = "--dry-run", description = "Say what would come of it, and change nothing.")
  boolean dryRun;

  @Override
  public void run(CommandContext context) {
    CsvLayout layout = new CsvLayout(columns, words, ignoreColumns, delimiter);
    if (!layout.isOwn() && format != null && format != ExchangeFormat.CSV) {
      throw new UsageException(
          "--map, --value, --ignore-columns and --delimiter are about columns: use them with"
              + " --format csv");
    }
    try (InputFile input = InputFile.open(file, context)) {
      if (context.service().welcome().role() != Role.ADMIN) {
        throw RejectedException.of(
            RejectionCode.FORBIDDEN,
            "import needs the role admin: ask whoever runs the server for such a token");
      }
      input.sayWhatToType("ticket a line");
      bring(input, layout, context);
    }
  }

  private void bring(InputFile input, CsvLayout layout, CommandContext context) {
    TicketSource source = source(input, layout, context);
    long since = context.service().welcome().revision();
    ImportSink imports;
    PipelineResult end;
    try (Progress progress = Progress.of(context.console(), "import", input.size())) {
      imports = new ImportSink(context, progress, dryRun);
      end = context.service().perform(JOBS, works(source, input, since), imports);
    }
    context.print().imported(imports.report());
    imports.check(end);
  }

  private JobSource<ImportTask> works(TicketSource source, InputFile input, long since) {
    return () -> {
      ImportRecord record = source.next();
      if (record == null) {
        return null;
      }
      return dryRun
          ? new ImportDryRun(record, input.position())
          : new ImportJob(record, input.position(), since);
    };
  }

  private TicketSource source(InputFile input, CsvLayout layout, CommandContext context) {
    return TicketSources.of(
        isTable(layout) ? ExchangeFormat.CSV : format,
        EncodedInput.of(input.stream(), encoding),
        layout,
        new TicketSource.Defaults(context.now(), context.service().me()));
  }

  /** Whether it has columns: by --format, by the file's name, or because an option names them. */
  private boolean isTable(CsvLayout layout) {
    return format == null
        ? file.toLowerCase(Locale.ROOT).endsWith(".csv") || !layout.isOwn()
        : format == ExchangeFormat.CSV;
  }
}

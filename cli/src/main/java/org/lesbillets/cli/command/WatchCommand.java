package org.lesbillets.cli.command;

import java.time.Duration;
import org.lesbillets.cli.client.WatchStart;
import org.lesbillets.cli.output.OutputFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows events. */
@Command(
    name = "watch",
    description = {
      "Print a line for each event as it happens.",
      "Reconnects and goes on for ever; a resync line says that events may be missing before"
          + " it. Ends, with 0, after N events or DUR."
    },
    customSynopsis = {
      "billets watch [QUERY…] [--since REV|JOURNALID:REV] [--all]",
      "                     [--count N] [--within DUR]"
    },
    footer = {
      "  billets watch",
      "  billets watch assignee:me -o jsonl | jq --unbuffered .ticket.title",
      "  billets watch number:17 --count 1 --within 10m"
    })
final class WatchCommand implements Verb {
  @Mixin QueryWords query;

  @Option(
      names = "--since",
      paramLabel = "REV|JOURNALID:REV",
      converter = Converters.OfStart.class,
      description = "Begin after this revision instead of now.")
  WatchStart start = WatchStart.now();

  @Option(names = "--all", description = "Print renewals of locks too.")
  boolean all;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "End after N events.")
  Integer count;

  @Option(
      names = "--within",
      paramLabel = "DUR",
      converter = Converters.OfDuration.class,
      description = "End after this time.")
  Duration within;

  WatchTerms terms() {
    return new WatchTerms(query.query(), start, within);
  }

  @Override
  public void run(Invocation invocation) {
    WatchTerms terms = terms();
    EventPrinting printing =
        new EventPrinting(
            invocation.printOr(OutputFormat.JSONL),
            invocation.console(),
            count == null ? Long.MAX_VALUE : count);
    invocation.desk().watch(terms, all ? printing : new WithoutRenewals(printing));
  }
}

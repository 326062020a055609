package org.lesbillets.cli.command;

import java.time.Duration;
import org.lesbillets.cli.client.WatchStart;
import org.lesbillets.cli.output.ClosedPipeException;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.output.ResultPrinter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Follows events. */
@Command(
    name = "watch",
    description = {
      "Print a line for each event as it happens.",
      "With a query, the line says when a ticket entered what matches or left it. Once begun, it"
          + " reconnects and goes on for ever; a resync line says that events may be missing before"
          + " it. Ends, with 0, after N events or DUR.",
      "",
      "With --exec, the shell runs CMD for each event, one at a time and in order, with the event"
          + " as one line of JSON on its standard input, and BILLETS_EVENT (its type, or resync),"
          + " BILLETS_TICKET, BILLETS_REVISION, BILLETS_AGENT and BILLETS_MATCH in its environment."
          + " What CMD prints goes to standard error. When CMD fails, that is told, and the watch"
          + " goes on. Events that come meanwhile wait, and are asked for again if they wait too"
          + " long. SIGINT and SIGTERM end CMD, too."
    },
    customSynopsis = {
      "billets watch [QUERY…] [--since REV|JOURNALID:REV] [--all]",
      "                     [--count N] [--within DUR] [--exec CMD]"
    },
    footer = {
      "  billets watch",
      "  billets watch assignee:me -o jsonl | jq .ticket.title",
      "  billets watch number:17 --count 1 --within 10m",
      "  billets watch tag:pager --exec './page-me \"$BILLETS_TICKET\"'"
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
      description = "End after this time; a CMD that runs then may end its work.")
  Duration within;

  @Option(names = "--exec", paramLabel = "CMD", description = "Run this for each event.")
  String exec;

  WatchTerms terms() {
    return new WatchTerms(query.query(), start, within);
  }

  @Override
  public void run(Invocation invocation) {
    WatchTerms terms = terms();
    ResultPrinter printer = invocation.printOr(OutputFormat.JSONL);
    try (EventProgram program = EventProgram.of(exec, invocation)) {
      ConnectionNews news = ConnectionNews.ofTheFirst(invocation.console());
      EventPrinting printing =
          new EventPrinting(printer, program, news, count == null ? Long.MAX_VALUE : count);
      invocation.desk().watch(terms, all ? printing : new WithoutRenewals(printing));
    } catch (ClosedPipeException e) {
      throw e;
    } catch (RuntimeException e) {
      printer.watchOver(false);
      throw e;
    }
    printer.watchOver(true);
  }
}

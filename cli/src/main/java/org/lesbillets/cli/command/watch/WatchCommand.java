package org.lesbillets.cli.command.watch;

import java.nio.file.Path;
import java.time.Duration;
import org.lesbillets.cli.client.watch.WatchStart;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.Converters;
import org.lesbillets.cli.command.QueryWords;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.command.WatchTerms;
import org.lesbillets.cli.output.OutputFormat;
import org.lesbillets.cli.output.ResultPrinter;
import org.lesbillets.cli.output.console.ClosedPipeException;
import org.lesbillets.model.DurationText;
import org.lesbillets.model.ResumePoint;
import org.lesbillets.model.query.TicketQuery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The verb {@code watch}. */
@Command(
    name = "watch",
    description = {
      "Print a line for each event as it happens.",
      "With a query, the line says when a ticket entered what matches or left it. Once begun, it"
          + " reconnects and goes on for ever; a resync line says that events may be missing before"
          + " it. Ends with 0 after N events, or after DUR; with both, DUR ends it with 7 if fewer"
          + " came. When the reader of a pipe goes, it ends within two seconds.",
      "",
      "With --initial, the tickets that match now come first, a line of type Ticket each, then one"
          + " of type Current, then every later event; after a resync they come again. With"
          + " --cursor, FILE keeps the place: nothing is missed while the watch is not running, nor"
          + " by a crash of it or of the machine, and no more than what was under way then comes"
          + " twice. Without FILE the watch begins now, at --since, or behind --initial, and makes"
          + " it at once; where there is one, it counts. One watch at a time uses a FILE.",
      "",
      "With --exec, the shell runs CMD for each event, one at a time and in order, with the event"
          + " as one line of JSON on its standard input, and BILLETS_EVENT (its type, or resync),"
          + " BILLETS_TICKET, BILLETS_REVISION, BILLETS_AGENT and BILLETS_MATCH in its environment."
          + " What CMD prints goes to standard error. When CMD fails, that is told, and the watch"
          + " goes on, or, with --retry, runs it again for the same event until it succeeds; the"
          + " place in FILE moves when CMD is done. Events that come meanwhile wait, and are asked"
          + " for again if they wait too long. SIGINT and SIGTERM end CMD, too."
    },
    customSynopsis = {
      "billets watch [QUERY…] [--since REV|JOURNALID:REV | --initial]",
      "                     [--cursor FILE] [--all] [--count N | --next] [--within DUR]",
      "                     [--exec CMD [--retry DUR]]"
    },
    footer = {
      "  billets watch",
      "  billets watch assignee:me -o jsonl | jq .ticket.title",
      "  billets watch number:17 --next --within 10m",
      "  billets watch tag:pager --exec './page-me \"$BILLETS_TICKET\"'",
      "  billets watch --cursor ~/hook.cursor --exec ./post-to-chat --retry 10s"
    })
public final class WatchCommand implements Verb {
  @Mixin QueryWords query;

  @Option(
      names = "--since",
      paramLabel = "REV|JOURNALID:REV",
      converter = WatchPlace.class,
      description = "Begin after this revision instead of now.")
  WatchStart since;

  @Option(names = "--initial", description = "Print the tickets that match now first.")
  boolean initial;

  @Option(
      names = "--cursor",
      paramLabel = "FILE",
      description = "Keep the place in FILE, and begin at the one that is there.")
  Path cursorFile;

  @Option(names = "--all", description = "Print renewals of locks too.")
  boolean all;

  @Option(
      names = "--count",
      paramLabel = "N",
      converter = Converters.OfCount.class,
      description = "End after N events.")
  Integer count;

  @Option(names = "--next", description = "End after the next event, as with --count 1.")
  boolean next;

  @Option(
      names = "--within",
      paramLabel = "DUR",
      converter = Converters.OfDuration.class,
      description = "End after this time, with 7 if N events did not come; a CMD may end its work.")
  Duration within;

  @Option(names = "--exec", paramLabel = "CMD", description = "Run this for each event.")
  String exec;

  @Option(
      names = "--retry",
      paramLabel = "DUR",
      converter = Converters.OfDuration.class,
      description = "Run a CMD that failed again after this pause, until it succeeds.")
  Duration retry;

  /**
   * @param saved the position in the file; null for none
   */
  private WatchStart start(ResumePoint saved) {
    if (initial && since != null) {
      throw new UsageException(
          "--since begins at a place in the past and --initial with what is there now: give one of"
              + " the two");
    }
    if (saved != null) {
      return WatchStart.after(saved);
    }
    if (initial) {
      return WatchStart.snapshot();
    }
    return since == null ? WatchStart.now() : since;
  }

  /** The number of events to wait for; null for no limit. */
  private Integer wanted() {
    if (next && count != null) {
      throw new UsageException("--next means --count 1: give one of the two");
    }
    return next ? Integer.valueOf(1) : count;
  }

  @Override
  public void run(CommandContext context) {
    TicketQuery wantedTickets = query.query();
    start(null);
    Integer wanted = wanted();
    try (EventProgram program = EventProgram.of(exec, retry, context);
        CursorFile cursor = cursorFile == null ? null : CursorFile.open(cursorFile)) {
      WatchStart start = start(cursor == null ? null : cursor.saved());
      long limit = wanted == null ? Long.MAX_VALUE : wanted;
      WatchPrinter.Extent extent = new WatchPrinter.Extent(limit, all, initial);
      WatchTerms terms = new WatchTerms(wantedTickets, start, within);
      long left = watch(context, terms, extent, new WatchPrinter.Takers(program, cursor));
      if (wanted != null && within != null && left > 0) {
        throw tooFew(wanted, wanted - left);
      }
    }
  }

  private static long watch(
      CommandContext context,
      WatchTerms terms,
      WatchPrinter.Extent extent,
      WatchPrinter.Takers takers) {
    ResultPrinter printer = context.printOr(OutputFormat.JSONL);
    long left;
    try {
      WatchPrinter visitor = new WatchPrinter(context.console(), printer, takers, extent);
      context.service().watch(terms, visitor);
      left = visitor.ended();
    } catch (ClosedPipeException e) {
      throw e;
    } catch (RuntimeException e) {
      printer.watchOver(false);
      throw e;
    }
    printer.watchOver(true);
    return left;
  }

  private WaitOverException tooFew(int wanted, long came) {
    return new WaitOverException(
        (came == 0 ? "no event" : "only " + came + " of " + wanted + " events")
            + " came within "
            + DurationText.format(within)
            + ": wait longer, or ask with list for what is there");
  }
}

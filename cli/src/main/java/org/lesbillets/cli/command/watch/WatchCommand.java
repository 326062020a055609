package org.lesbillets.cli.command.watch;

import java.time.Duration;
import java.util.Locale;
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
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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
      "With --exec, the shell runs CMD for each event, one at a time and in order, with the event"
          + " as one line of JSON on its standard input, and BILLETS_EVENT (its type, or resync),"
          + " BILLETS_TICKET, BILLETS_REVISION, BILLETS_AGENT and BILLETS_MATCH in its environment."
          + " What CMD prints goes to standard error. When CMD fails, that is told, and the watch"
          + " goes on. Events that come meanwhile wait, and are asked for again if they wait too"
          + " long. SIGINT and SIGTERM end CMD, too."
    },
    customSynopsis = {
      "billets watch [QUERY…] [--since REV|JOURNALID:REV] [--all]",
      "                     [--count N | --next] [--within DUR] [--exec CMD]"
    },
    footer = {
      "  billets watch",
      "  billets watch assignee:me -o jsonl | jq .ticket.title",
      "  billets watch number:17 --next --within 10m",
      "  billets watch tag:pager --exec './page-me \"$BILLETS_TICKET\"'"
    })
public final class WatchCommand implements Verb {
  @Mixin QueryWords query;

  @Option(
      names = "--since",
      paramLabel = "REV|JOURNALID:REV",
      converter = OfStart.class,
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

  private WatchTerms terms() {
    return new WatchTerms(query.query(), start, within);
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
    WatchTerms terms = terms();
    Integer wanted = wanted();
    long limit = wanted == null ? Long.MAX_VALUE : wanted;
    ResultPrinter printer = context.printOr(OutputFormat.JSONL);
    long left;
    try (EventProgram program = EventProgram.of(exec, context)) {
      WatchPrinter visitor =
          new WatchPrinter(
              context.console(), printer, program, new WatchPrinter.Extent(limit, all));
      context.service().watch(terms, visitor);
      left = visitor.ended();
    } catch (ClosedPipeException e) {
      throw e;
    } catch (RuntimeException e) {
      printer.watchOver(false);
      throw e;
    }
    printer.watchOver(true);
    if (wanted != null && within != null && left > 0) {
      throw tooFew(wanted, wanted - left);
    }
  }

  private WaitOverException tooFew(int wanted, long came) {
    return new WaitOverException(
        (came == 0 ? "no event" : "only " + came + " of " + wanted + " events")
            + " came within "
            + DurationText.format(within)
            + ": wait longer, or ask with list for what is there");
  }

  static final class OfStart implements ITypeConverter<WatchStart> {
    @Override
    public WatchStart convert(String text) {
      return Converters.converted(text, OfStart::start);
    }

    private static WatchStart start(String text) {
      int colon = text.lastIndexOf(':');
      return colon < 0
          ? WatchStart.after(position(text))
          : WatchStart.after(
              new ResumePoint(
                  journal(text.substring(0, colon)), position(text.substring(colon + 1))));
    }

    /** In the spelling of servers, which compare it as text. */
    private static String journal(String text) {
      if (!text.matches(Converters.UUID_TEXT)) {
        throw new TypeConversionException(
            "'" + text + "' is no journal: its name is a UUID of 36 characters");
      }
      return text.toLowerCase(Locale.ROOT);
    }

    private static long position(String text) {
      return text.equals("0") ? 0 : Converters.revision(text);
    }
  }
}

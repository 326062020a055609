package org.lesbillets.cli.command.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.bench.Bench;
import org.lesbillets.cli.client.bench.BenchPlan;
import org.lesbillets.cli.command.CommandContext;
import org.lesbillets.cli.command.GracefulEnd;
import org.lesbillets.cli.command.MultipleFailuresException;
import org.lesbillets.cli.command.UsageException;
import org.lesbillets.cli.command.Verb;
import org.lesbillets.cli.output.AdminReport;
import org.lesbillets.cli.output.BenchReport;
import org.lesbillets.cli.output.console.Progress;
import org.lesbillets.cli.text.Durations;
import org.lesbillets.model.Role;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.message.RejectionCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The verb {@code bench}: measures a server, with tickets of its own. */
@Command(
    name = "bench",
    description = {
      "Measure how fast the server answers changes, and how soon all who watch have them.",
      "Makes a ticket for each writer, changes their titles while others watch, and closes them;"
          + " no other ticket is touched. Who watches the desk sees it, and its events stay in the"
          + " journal. It takes up to a second to warm up. Ctrl-C, or SIGTERM, ends it sooner: the"
          + " tickets are closed, and the figures so far printed. After a kill -9 or a lost server,"
          + " --clean closes what is left.",
      "",
      "Each writer and each watcher has a connection. A latency is measured from when a change was"
          + " due, not from when it could be sent, so that a server that stalls is not asked less"
          + " often when it is slowest. Ends with 1 if a watcher missed an event, or got one twice."
          + " Needs an agent's token."
    },
    customSynopsis = {
      "billets bench [--writers N] [--watchers N] [--rate N|max]",
      "                     [--duration DUR]",
      "billets bench --clean"
    },
    footer = {
      "  billets bench",
      "  billets bench --writers 16 --rate max --watchers 100 --duration 30s",
      "  billets bench -o json | jq .deliveries.p99Micros",
      "  billets bench --clean"
    })
public final class BenchCommand implements Verb {
  private static final int WRITERS = 2;
  private static final int WATCHERS = 10;
  private static final int RATE = 20;
  private static final Duration DURATION = Duration.ofSeconds(10);

  @Option(
      names = "--writers",
      paramLabel = "N",
      converter = BenchConverters.OfWriters.class,
      description = "How many make changes, each one at a time, 1 to 256 (2).")
  Integer writers;

  @Option(
      names = "--watchers",
      paramLabel = "N",
      converter = BenchConverters.OfWatchers.class,
      description = "How many watch all tickets, 0 to 1000 (10).")
  Integer watchers;

  @Option(
      names = "--rate",
      paramLabel = "N|max",
      converter = BenchConverters.OfRate.class,
      description =
          "Changes a second of all writers together, up to 100000 (20); with max, or 0, each writer"
              + " makes the next as soon as it is answered.")
  Integer rate;

  @Option(
      names = "--duration",
      paramLabel = "DUR",
      converter = BenchConverters.OfLength.class,
      description = "How long it is measured, 1s to 1h (10s).")
  Duration duration;

  @Option(
      names = "--clean",
      description = "Only close what earlier runs of yours left open, none under way now.")
  boolean clean;

  @Override
  public void run(CommandContext context) {
    boolean measures = Stream.of(writers, watchers, rate, duration).anyMatch(o -> o != null);
    if (clean && measures) {
      throw new UsageException("--clean only closes tickets: give it without other options");
    }
    if (context.service().welcome().role() == Role.READER) {
      throw RejectedException.of(
          RejectionCode.FORBIDDEN,
          "bench makes tickets, which a reader's token may not: use one of the role agent");
    }
    BenchTickets tickets = new BenchTickets(context.service());
    if (clean) {
      cleaned(tickets.closeLeft(), context);
    } else {
      measure(tickets, context);
    }
  }

  private static void cleaned(int count, CommandContext context) {
    String what = count == 1 ? "ticket" : "tickets";
    String sentence = "Closed " + count + " " + what + " that earlier runs left open.";
    context.print().administered(AdminReport.of(sentence, "closed", count));
  }

  private BenchPlan plan(String tag, List<TicketRef> made) {
    return new BenchPlan(
        tag,
        made,
        watchers == null ? WATCHERS : watchers,
        rate == null ? RATE : rate,
        duration == null ? DURATION : duration);
  }

  private void measure(BenchTickets tickets, CommandContext context) {
    announce(tickets, context);
    try (GracefulEnd end = GracefulEnd.open()) {
      Thread caller = Thread.currentThread();
      end.ending().thenRun(caller::interrupt);
      Bench.Result result = null;
      RuntimeException failure = null;
      RuntimeException left;
      try {
        result = measure(tickets, context, end);
      } catch (RuntimeException e) {
        failure = e;
      } finally {
        left = tickets.close();
        // The second signal has done its work.
        Thread.interrupted();
      }
      if (result != null) {
        print(result.report(), context);
        failure = result.failure();
      }
      conclude(left, failure, end, context);
      if (result != null) {
        check(result.report().problems().delivery());
      }
    }
  }

  /** Says what will be done to the desk. */
  private void announce(BenchTickets tickets, CommandContext context) {
    BenchPlan plan = plan(tickets.tag(), List.of());
    long left = tickets.countLeft();
    if (left > 0) {
      context.report(
          "NOTE",
          left
              + (left == 1 ? " ticket of an earlier run is" : " tickets of earlier runs are")
              + " still open: billets bench --clean closes "
              + (left == 1 ? "it" : "them"));
    }
    int count = writers == null ? WRITERS : writers;
    context.report(
        "NOTE",
        "makes "
            + count
            + (count == 1 ? " ticket" : " tickets")
            + " tagged "
            + tickets.tag()
            + ", changes "
            + (count == 1 ? "it " : "them ")
            + (plan.changesPerSecond() == 0
                ? "as fast as they are answered"
                : plan.changesPerSecond() + " times a second")
            + " for "
            + Durations.inSentence(plan.duration().plus(plan.warmUp()))
            + " before "
            + plan.watchers()
            + (plan.watchers() == 1 ? " watcher" : " watchers")
            + ", and closes "
            + (count == 1 ? "it" : "them"));
  }

  /** Null if it ended before there were figures. */
  private Bench.Result measure(BenchTickets tickets, CommandContext context, GracefulEnd end) {
    int count = writers == null ? WRITERS : writers;
    List<TicketRef> made = tickets.make(count, () -> !end.isSettling());
    if (end.isSettling()) {
      return null;
    }
    BenchPlan plan = plan(tickets.tag(), made);
    long seconds = plan.duration().plus(plan.warmUp()).toSeconds();
    try (Progress progress = Progress.of(context.console(), "bench", seconds)) {
      return context
          .service()
          .measure(
              plan,
              elapsed -> {
                progress.reached(Math.min(seconds, elapsed.toSeconds()));
                return !end.isSettling();
              });
    }
  }

  private static void print(BenchReport report, CommandContext context) {
    context.print().benched(report);
    context.console().flush();
    long unsent = report.problems().unsent();
    if (unsent > 0) {
      context.report(
          "NOTE",
          unsent
              + (unsent == 1 ? " change was" : " changes were")
              + " due and not sent, since their writers still waited for answers: take more"
              + " --writers, or a lower --rate");
    }
    if (report.generator().isBusy()) {
      context.report(
          "NOTE",
          "this program took "
              + Math.round(report.generator().cpuPercent())
              + "% of the machine's CPU, so that it may be what the figures show, and not the"
              + " server: run it on another machine, or with less load");
    } else if (report.generator().isLate()) {
      context.report(
          "NOTE",
          "this machine is so busy that changes were sent late, by "
              + report.generator().delayMicros() / 1_000
              + " ms (p99), which the figures contain: run it on another machine, or when there is"
              + " less to do");
    }
  }

  /**
   * @param left why tickets are left open; null if none is
   * @param failure of the measurement; null if it did not fail
   */
  private static void conclude(
      RuntimeException left, RuntimeException failure, GracefulEnd end, CommandContext context) {
    if (end.isSettling() && left != null) {
      context.report("NOTE", left.getMessage());
    }
    end.conclude();
    if (left != null && failure != null) {
      throw new MultipleFailuresException(List.of(left, failure));
    }
    if (left != null || failure != null) {
      throw left == null ? failure : left;
    }
  }

  private static void check(BenchReport.Faults faults) {
    if (!faults.isNone()) {
      throw new FaultyDeliveryException(
          "the watchers did not get exactly what happened: "
              + faults.holes()
              + " holes, "
              + faults.doubles()
              + " doubles, "
              + faults.missing()
              + " missing; please report it");
    }
  }
}

package org.lesbillets.cli;

import java.time.Duration;
import org.lesbillets.cli.client.bench.Bench;
import org.lesbillets.cli.client.bench.BenchPlan;
import org.lesbillets.cli.command.ScriptedTicketService;
import org.lesbillets.cli.output.BenchReport;
import org.lesbillets.cli.output.BenchReport.Latency;
import org.lesbillets.cli.output.BenchReport.Quantiles;
import org.lesbillets.model.Role;
import org.lesbillets.model.message.RejectionCode;

/** Benchmarks whose figures are always the same. */
final class SampleFigures {
  private static final BenchReport.Faults NONE = new BenchReport.Faults(0, 0, 0);

  private SampleFigures() {}

  /** Of a server that is well. */
  static ScriptedTicketService good() {
    return SampleTickets.obliging().measuring(plan -> new Bench.Result(good(plan), null));
  }

  private static BenchReport good(BenchPlan plan) {
    boolean watched = plan.watchers() > 0;
    return new BenchReport(
        plan.tag(),
        load(plan),
        plan.duration(),
        new Latency(200, 20, new Quantiles(1_870, 2_613, 4_404, 9_996, 10_004)),
        new Latency(
            watched ? 2_000 : 0,
            watched ? 200 : 0,
            watched ? new Quantiles(2_203, 3_101, 52_048, 998_400, 1_204_223) : null),
        new BenchReport.Problems(0, 0, 0, 0, NONE),
        new BenchReport.Generator(3.14, 2, plan.changesPerSecond() == 0 ? null : 83L));
  }

  private static BenchReport.Load load(BenchPlan plan) {
    return new BenchReport.Load(
        "ws://127.0.0.1:7420/tickets", plan.writers(), plan.watchers(), plan.changesPerSecond());
  }

  /** Of one at which all that can go wrong has, with tickets of two earlier runs. */
  static ScriptedTicketService bad() {
    return SampleTickets.obliging()
        .holding(2)
        .measuring(
            plan ->
                new Bench.Result(
                    new BenchReport(
                        plan.tag(),
                        load(plan),
                        Duration.ofMillis(31_234),
                        new Latency(1, 1 / 31.234, new Quantiles(1, 1, 1, 1, 1)),
                        new Latency(0, 0, null),
                        new BenchReport.Problems(380, 3, 4, 5, new BenchReport.Faults(6, 7, 8)),
                        new BenchReport.Generator(93.6, 2, 83L)),
                    null));
  }

  /** As {@link #good}, from a busy machine, of one at which changes failed. */
  static ScriptedTicketService failing() {
    return SampleTickets.obliging()
        .measuring(
            plan ->
                new Bench.Result(
                    late(good(plan)),
                    ScriptedTicketService.refusal(
                        RejectionCode.READ_ONLY,
                        "2 changes failed; the first: the server takes no changes now")));
  }

  private static BenchReport late(BenchReport report) {
    return new BenchReport(
        report.tag(),
        report.load(),
        report.measured(),
        report.changes(),
        report.deliveries(),
        report.problems(),
        new BenchReport.Generator(3.14, 2, 35_678L));
  }

  /** For a reader. */
  static ScriptedTicketService readable() {
    return new ScriptedTicketService().as(Role.READER);
  }
}

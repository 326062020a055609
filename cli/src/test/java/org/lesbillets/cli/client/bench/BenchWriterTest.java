package org.lesbillets.cli.client.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;
import org.lesbillets.cli.client.SampleMessages;
import org.lesbillets.cli.client.retry.Sleeper;
import org.lesbillets.cli.output.BenchReport;
import org.lesbillets.model.TicketRef;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.message.ClientMessage.Change;
import org.lesbillets.model.message.ClientMessage.UpdateTicket;
import org.lesbillets.model.message.RejectionCode;
import org.lesbillets.model.message.ServerMessage.EventMessage;

/** Writers and what they measure, on a clock that moves only when one sleeps or is answered. */
class BenchWriterTest {
  private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);

  /** Answers each change after a millisecond, unless a test has it stall. */
  private static final class World implements Sleeper, Function<Change, EventMessage> {
    private final List<String> titles = new ArrayList<>();
    private Function<Integer, Long> millis = change -> 1L;
    private RuntimeException failure;
    private long oversleep;
    private long now;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void sleep(Duration duration) {
      now += duration.toNanos() + oversleep;
    }

    @Override
    public EventMessage apply(Change change) {
      titles.add(((UpdateTicket) change).changes().get(TicketField.TITLE));
      now += millis.apply(titles.size()) * MILLI;
      if (failure != null) {
        throw failure;
      }
      return SampleMessages.answer(change.identified("1", null), titles.size());
    }
  }

  private final World world = new World();

  private static BenchPlan plan(int writers, int rate, int seconds) {
    return new BenchPlan(
        "bench-0a1b2c",
        Collections.nCopies(writers, TicketRef.of(17)),
        0,
        rate,
        Duration.ofSeconds(seconds));
  }

  private BenchFigures run(BenchPlan plan) {
    BenchFigures figures = new BenchFigures(plan);
    figures.begin(0);
    new BenchWriter(0, figures, world, world).run();
    return figures;
  }

  private static BenchReport.Quantiles quantiles(BenchFigures figures) {
    return figures.changes().quantiles();
  }

  @Test
  void changesAreSentWhenTheyAreDue() {
    BenchFigures figures = run(plan(1, 100, 10));
    // A second warms up.
    assertEquals(1_100, world.titles.size());
    assertEquals(1_000, figures.changes().count());
    assertEquals(100, figures.changes().perSecond());
    assertEquals(new BenchReport.Quantiles(1_000, 1_000, 1_000, 1_000, 1_000), quantiles(figures));
    assertEquals("billets bench: change 1 of writer 1, due at 0 us", world.titles.get(0));
    assertEquals("billets bench: change 3 of writer 1, due at 20000 us", world.titles.get(2));
  }

  /** It is in the latencies, too, and has to be known from them. */
  @Test
  void whoAwakesLateIsNoticed() {
    assertEquals(0, run(plan(1, 100, 10)).delayMicros());
    world.now = 0;
    world.oversleep = 2 * MILLI;
    BenchFigures late = run(plan(1, 100, 10));
    assertEquals(2_000, late.delayMicros());
    assertEquals(3_001, quantiles(late).p50Micros());
    world.now = 0;
    assertNull(run(plan(1, 0, 2)).delayMicros());
  }

  @Test
  void writersTakeTurns() {
    BenchPlan plan = plan(2, 100, 10);
    assertEquals(0, plan.dueNanos(0, 0));
    assertEquals(10 * MILLI, plan.dueNanos(1, 0));
    assertEquals(20 * MILLI, plan.dueNanos(0, 1));
    assertEquals(2, plan.dueBefore(0, 21 * MILLI));
    assertEquals(1, plan.dueBefore(1, 21 * MILLI));
    assertEquals(0, plan.dueBefore(1, 10 * MILLI));
    run(plan);
    assertEquals(550, world.titles.size());
  }

  /** One of 1,000 answers takes half a second: the 50 changes that were due meanwhile show it. */
  @Test
  void aStallCountsForAllChangesThatWereDueInIt() {
    world.millis = change -> change == 500 ? 500L : 1L;
    BenchFigures figures = run(plan(1, 100, 10));
    assertEquals(1_000, figures.changes().count());
    assertEquals(0, figures.problems(0).unsent());
    assertEquals(1_000, quantiles(figures).p50Micros());
    assertTrue(quantiles(figures).p99Micros() > 380_000, () -> "" + quantiles(figures));
    assertTrue(quantiles(figures).maxMicros() >= 500_000, () -> "" + quantiles(figures));
  }

  @Test
  void aClosedLoopIsAsFastAsItsAnswers() {
    world.millis = change -> change == 5_000 ? 500L : 1L;
    BenchFigures figures = run(plan(1, 0, 10));
    assertEquals(9_501, figures.changes().count());
    assertEquals(1_000, quantiles(figures).p99Micros());
    assertTrue(quantiles(figures).maxMicros() >= 500_000, () -> "" + quantiles(figures));
    assertEquals(0, figures.problems(0).unsent());
  }

  @Test
  void whatCouldNotBeSentCountsWithTheTimeThatItHasWaited() {
    world.millis = change -> change == 600 ? 100_000L : 1L;
    BenchFigures figures = run(plan(1, 100, 10));
    assertEquals(500, figures.changes().count());
    assertEquals(500, figures.problems(0).unsent());
    assertTrue(quantiles(figures).p90Micros() > 3_900_000, () -> "" + quantiles(figures));
  }

  @Test
  void aRateThatCannotBeReachedIsSaid() {
    world.millis = change -> 100L;
    BenchFigures figures = run(plan(1, 100_000, 4));
    long unsent = figures.problems(0).unsent();
    assertEquals(500_000, world.titles.size() + unsent);
    assertTrue(quantiles(figures).p50Micros() > 1_000_000, () -> "" + quantiles(figures));
  }

  @Test
  void refusalsAreCountedAndTheWriterGoesOn() {
    world.failure = refused(RejectionCode.LOCKED);
    BenchFigures figures = run(plan(1, 10, 4));
    assertEquals(50, figures.problems(0).failed());
    assertEquals(0, figures.changes().count());
    assertNull(quantiles(figures), "a refusal is no answer");
    assertNotNull(figures.failure());
  }

  @Test
  void aChangeWithoutAnAnswerCountsWithItsTime() {
    world.failure = new ConnectionException(ConnectionException.Kind.TIMEOUT, "none in time");
    world.millis = change -> 2_000L;
    BenchFigures figures = run(plan(1, 10, 4));
    assertEquals(3, figures.problems(0).failed());
    assertTrue(quantiles(figures).maxMicros() >= 4_000_000, () -> "" + quantiles(figures));
  }

  @Test
  void onlyBusyAttemptsAreCountedAsSuch() {
    BenchFigures figures = new BenchFigures(plan(1, 10, 4));
    figures.attemptFailed(refused(RejectionCode.BUSY));
    figures.attemptFailed(refused(RejectionCode.LOCKED));
    assertEquals(1, figures.problems(0).busy());
  }

  private static RejectedException refused(RejectionCode code) {
    return RejectedException.of(code, "no");
  }
}

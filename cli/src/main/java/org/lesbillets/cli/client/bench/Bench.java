package org.lesbillets.cli.client.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.client.AnswerFailures;
import org.lesbillets.cli.client.ClientSettings;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.output.BenchReport;

/**
 * One run of a benchmark: opens the connections, has the writers change their tickets, and waits
 * until the watchers have all of it. Makes and closes no ticket. Runs on the caller's thread, with
 * two daemon threads for each connection and one more for each writer. Used once.
 */
public final class Bench {
  /** How long something in flight may take once the run is to end. */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final long LOOK_MILLIS = 50;

  private final ClientSettings settings;
  private final BenchPlan plan;
  private final Listener listener;
  private final BenchFigures figures;

  /** Callbacks of a run, on its thread. */
  public interface Listener {
    /**
     * Asked about twenty times a second whether to go on.
     *
     * @param elapsed since the first change, warm-up included
     */
    boolean goesOn(Duration elapsed);
  }

  /**
   * How a run ended.
   *
   * @param report the figures, also of a part of a run
   * @param failure what ended it before its time, or the first change that failed; null for neither
   */
  public record Result(BenchReport report, RuntimeException failure) {}

  /**
   * @param settings their timeout bounds each change, with all its retries
   */
  public Bench(ClientSettings settings, BenchPlan plan, Listener listener) {
    this.settings = settings;
    this.plan = plan;
    this.listener = listener;
    this.figures = new BenchFigures(plan);
  }

  /**
   * Runs to the end of the plan, or until the listener has enough.
   *
   * @return null if it ended before there were figures
   * @throws ConnectionException if not all connections can be opened, or if it is interrupted
   */
  public Result run() {
    try (BenchConnections connections = new BenchConnections(settings, figures)) {
      if (!connections.open(() -> listener.goesOn(Duration.ZERO))) {
        return null;
      }
      Generated generated = generate(connections);
      long missing = connections.awaitDeliveries(this::patience);
      return new Result(report(connections.server(), generated, missing), failure());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ConnectionException(
          ConnectionException.Kind.LOST, "interrupted before all was measured");
    }
  }

  /**
   * What it took to generate the load.
   *
   * @param cpu time of this process
   */
  private record Generated(Duration cpu, Duration wall) {
    BenchReport.Generator report(Long delayMicros) {
      int processors = Runtime.getRuntime().availableProcessors();
      double share = (double) cpu.toNanos() / Math.max(1, wall.toNanos()) / processors;
      return new BenchReport.Generator(Math.min(100, 100 * share), processors, delayMicros);
    }
  }

  private Generated generate(BenchConnections connections) throws InterruptedException {
    Duration cpu = cpuTime();
    long start = System.nanoTime();
    figures.begin(start);
    List<Thread> writers = connections.startWriters();
    while (System.nanoTime() - start < figures.endNanos() && isGoingOn()) {
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    figures.stop(System.nanoTime());
    join(writers);
    return new Generated(cpuTime().minus(cpu), Duration.ofNanos(System.nanoTime() - start));
  }

  private boolean isGoingOn() {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - figures.startNanos());
    return figures.ended() == null && listener.goesOn(elapsed);
  }

  /** How long what is in flight may take. */
  private Duration patience() {
    return isGoingOn() ? settings.timeout().plus(GRACE) : GRACE;
  }

  private void join(List<Thread> writers) throws InterruptedException {
    long start = System.nanoTime();
    for (Thread writer : writers) {
      while (writer.isAlive()) {
        writer.join(LOOK_MILLIS);
        if (System.nanoTime() - start > patience().toNanos()) {
          writer.interrupt();
        }
      }
    }
  }

  private static Duration cpuTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  private BenchReport report(String server, Generated generated, long missing) {
    return new BenchReport(
        plan.tag(),
        new BenchReport.Load(server, plan.writers(), plan.watchers(), plan.changesPerSecond()),
        figures.measured(),
        figures.changes(),
        figures.deliveries(),
        figures.problems(missing),
        generated.report(figures.delayMicros()));
  }

  /** Null if no change failed, and nothing ended the run before its time. */
  private RuntimeException failure() {
    if (figures.ended() != null) {
      return figures.ended();
    }
    RuntimeException first = figures.failure();
    if (first == null) {
      return null;
    }
    long count = figures.failures();
    String sentence =
        count + (count == 1 ? " change" : " changes") + " failed; the first: " + first.getMessage();
    return AnswerFailures.saying(first, sentence);
  }
}

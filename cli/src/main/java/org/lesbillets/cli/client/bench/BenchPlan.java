package org.lesbillets.cli.client.bench;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.lesbillets.model.TicketRef;

/**
 * The load of a benchmark. Immutable.
 *
 * @param tag of its tickets and of no others: by it the events of its changes are known
 * @param tickets one for each writer
 * @param watchers how many connections watch all tickets; 0 or more
 * @param changesPerSecond of all writers together; 0 for a closed loop, in which each writer sends
 *     its next change when the one before is answered
 * @param duration of what is measured, more than zero
 */
public record BenchPlan(
    String tag, List<TicketRef> tickets, int watchers, int changesPerSecond, Duration duration) {
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(1);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  public BenchPlan {
    tickets = List.copyOf(tickets);
  }

  public int writers() {
    return tickets.size();
  }

  /** How long there is load before the measurement begins: a new connection is slow at first. */
  public Duration warmUp() {
    return warmUp(duration);
  }

  /** The warm-up of a measurement that takes so long. */
  public static Duration warmUp(Duration duration) {
    Duration part = duration.dividedBy(4);
    return part.compareTo(LONGEST_WARM_UP) < 0 ? part : LONGEST_WARM_UP;
  }

  boolean isClosedLoop() {
    return changesPerSecond == 0;
  }

  /** When the measurement begins, in nanoseconds since the first change. */
  long warmUpNanos() {
    return warmUp().toNanos();
  }

  /** When it ends, in nanoseconds since the first change. */
  long endNanos() {
    return warmUpNanos() + duration.toNanos();
  }

  /**
   * When a writer is to send a change, whether the one before was answered or not: the writers take
   * turns, so that the changes of all together are evenly spaced.
   *
   * @param change counted from 0
   * @return nanoseconds since the first change
   */
  long dueNanos(int writer, long change) {
    double place = (double) change * writers() + writer;
    return (long) (place * SECOND_NANOS / changesPerSecond);
  }

  /** How many changes of a writer are due before this time. */
  long dueBefore(int writer, long nanos) {
    double place = (double) nanos * changesPerSecond / SECOND_NANOS;
    return Math.max(0, (long) Math.ceil((place - writer) / writers()));
  }
}

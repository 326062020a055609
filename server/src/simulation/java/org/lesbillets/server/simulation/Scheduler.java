package org.lesbillets.server.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The seeded scheduler of one run: a virtual clock and a queue of tasks by their time. Tasks of one
 * time run in an order that the seed decides; so does every delay that {@link #latency} gives. One
 * thread.
 */
final class Scheduler {
  static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
  static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Random random;
  private final Consumer<String> trace;
  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(
          Comparator.comparingLong(Task::at)
              .thenComparingInt(Task::order)
              .thenComparingLong(Task::ordinal));
  private long nanos;
  private long ordinals;
  private long steps;

  private record Task(long at, int order, long ordinal, Runnable run) {}

  Scheduler(Random random, Consumer<String> trace) {
    this.random = random;
    this.trace = trace;
  }

  Random random() {
    return random;
  }

  /** The virtual time since the start of the run. */
  long nanos() {
    return nanos;
  }

  /** The number of tasks run so far. */
  long steps() {
    return steps;
  }

  void after(long delayNanos, Runnable task) {
    at(nanos + Math.max(0, delayNanos), task);
  }

  void at(long time, Runnable task) {
    tasks.add(new Task(Math.max(nanos, time), random.nextInt(), ordinals++, task));
  }

  /** Runs the next task, and lets the time pass until then; returns whether there was one. */
  boolean step() {
    Task next = tasks.poll();
    if (next == null) {
      return false;
    }
    nanos = next.at;
    steps++;
    next.run.run();
    return true;
  }

  /** The time of the next task; Long.MAX_VALUE if there is none. */
  long nextAt() {
    return tasks.isEmpty() ? Long.MAX_VALUE : tasks.peek().at;
  }

  /** The time that a thread takes to get to its next round: mostly microseconds. */
  long latency() {
    int roll = random.nextInt(100);
    if (roll < 80) {
      return random.nextInt(50_000);
    }
    return roll < 98 ? random.nextInt(2_000_000) : random.nextInt(40_000_000);
  }

  long between(long least, long most) {
    return least + (long) (random.nextDouble() * (most - least));
  }

  /** True once in {@code of} times. */
  boolean once(int of) {
    return random.nextInt(of) == 0;
  }

  <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  <T> List<T> shuffled(List<T> some) {
    List<T> copy = new ArrayList<>(some);
    for (int i = copy.size() - 1; i > 0; i--) {
      copy.set(i, copy.set(random.nextInt(i + 1), copy.get(i)));
    }
    return copy;
  }

  /** Notes a step for whoever replays the run. */
  void trace(String what) {
    if (trace != null) {
      trace.accept("%10.6f %s".formatted(nanos / 1e9, what));
    }
  }

  boolean isTraced() {
    return trace != null;
  }
}

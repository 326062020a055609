package org.lesbillets.server.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.lesbillets.server.world.Loop;
import org.lesbillets.server.world.RunningClock;
import org.lesbillets.server.world.TimeSource;
import org.lesbillets.server.world.World;

/**
 * The world of one server process: its loops are tasks of the scheduler. Paused, none of them runs;
 * killed, none ever runs again. One thread.
 */
final class SimulatedProcess implements World, TimeSource {
  private static final Instant START = Instant.parse("2026-11-22T09:00:00Z");

  private final Scheduler scheduler;
  private final RunningClock running;
  private long pausedUntil;
  private long pausedNanos;
  private boolean killed;
  private SimulatedLoop current;
  private long jumpMillis;

  SimulatedProcess(Scheduler scheduler) {
    this.scheduler = scheduler;
    // An arbitrary origin, near the overflow of a machine's counter.
    long origin = Long.MAX_VALUE - scheduler.between(0, 300 * Scheduler.SECOND);
    this.running = new RunningClock(() -> origin + scheduler.nanos(), () -> 0);
  }

  @Override
  public TimeSource time() {
    return this;
  }

  @Override
  public Instant now() {
    return START.plusNanos(scheduler.nanos()).plusMillis(jumpMillis).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public long nanos() {
    return running.nanos();
  }

  @Override
  public long pauses() {
    return running.pauses();
  }

  /** Someone sets the wall clock. */
  void jump(Duration by) {
    jumpMillis += by.toMillis();
  }

  @Override
  public UUID newId() {
    return new UUID(scheduler.random().nextLong(), scheduler.random().nextLong());
  }

  @Override
  public Loop loop(String name, Loop.Body body) {
    return new SimulatedLoop(name, body);
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) {
    long deadline = scheduler.nanos() + timeout.toNanos();
    while (!condition.getAsBoolean()) {
      if (scheduler.nextAt() > deadline) {
        return false;
      }
      scheduler.step();
    }
    return true;
  }

  /** SIGSTOP, and SIGCONT after {@code nanos}. */
  void pause(long nanos) {
    pausedUntil = Math.max(pausedUntil, scheduler.nanos() + nanos);
    pausedNanos += nanos;
  }

  boolean isPaused() {
    return scheduler.nanos() < pausedUntil;
  }

  /** For how long it was paused in all. */
  long pausedNanos() {
    return pausedNanos;
  }

  long pausedUntil() {
    return pausedUntil;
  }

  /** SIGKILL. */
  void kill() {
    killed = true;
  }

  boolean isKilled() {
    return killed;
  }

  /** Runs a task on a thread of the process's input and output, once the process runs. */
  void io(Runnable task) {
    scheduler.after(scheduler.latency(), () -> runWhenUnpaused(task));
  }

  /** Runs a task of a thread that never waits for another. */
  void ioAt(long time, Runnable task) {
    scheduler.at(time, () -> runWhenUnpaused(task));
  }

  private void runWhenUnpaused(Runnable task) {
    if (killed) {
      return;
    }
    if (isPaused()) {
      scheduler.at(pausedUntil + scheduler.latency(), () -> runWhenUnpaused(task));
    } else {
      task.run();
    }
  }

  /** A loop as a task: due at one time, which a wake brings forward. */
  private final class SimulatedLoop implements Loop {
    private final String name;
    private final Body body;
    private boolean running;
    private long dueAt = Long.MAX_VALUE;

    SimulatedLoop(String name, Body body) {
      this.name = name;
      this.body = body;
    }

    @Override
    public void start(Thread.UncaughtExceptionHandler handler) {
      running = true;
      wake();
    }

    @Override
    public void wake() {
      if (running) {
        dueAt(scheduler.nanos() + scheduler.latency());
      }
    }

    private void dueAt(long time) {
      if (time < dueAt) {
        dueAt = time;
        scheduler.at(time, () -> round(time));
      }
    }

    /** Does nothing if the round was brought forward, and ran already. */
    private void round(long planned) {
      if (killed || !running || planned != dueAt) {
        return;
      }
      dueAt = Long.MAX_VALUE;
      if (isPaused()) {
        dueAt(pausedUntil + scheduler.latency());
        return;
      }
      SimulatedLoop caller = current;
      current = this;
      long next = rounded();
      current = caller;
      if (next == END) {
        running = false;
      } else if (next < Long.MAX_VALUE - scheduler.nanos()) {
        dueAt(scheduler.nanos() + Math.max(next, 0) + scheduler.latency());
      }
    }

    private long rounded() {
      try {
        return body.round();
      } catch (BrokenInvariantException e) {
        throw e;
      } catch (RuntimeException | Error e) {
        throw new BrokenInvariantException("the thread " + name + " died: " + e, e);
      }
    }

    @Override
    public boolean isRunning() {
      return running && !killed;
    }

    @Override
    public boolean isCurrent() {
      return current == this;
    }

    @Override
    public void join(long timeoutMillis) {
      await(() -> !isRunning(), Duration.ofMillis(timeoutMillis == 0 ? 60_000 : timeoutMillis));
    }
  }
}

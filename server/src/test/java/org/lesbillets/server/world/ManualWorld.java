package org.lesbillets.server.world;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A world whose loops never run: the test calls what they would, on its own thread. */
public final class ManualWorld implements World {
  private final TimeSource time;
  private final Map<String, Loop.Body> loops = new HashMap<>();
  private Processes processes = Processes.hidden();
  private long ids;

  public ManualWorld(TimeSource time) {
    this.time = time;
  }

  @Override
  public TimeSource time() {
    return time;
  }

  @Override
  public Processes processes() {
    return processes;
  }

  /** The machine shows these. */
  public ManualWorld with(Processes shown) {
    processes = shown;
    return this;
  }

  /** Runs a round of a loop, and gives the nanoseconds until its next. */
  public long round(String loop) {
    return loops.get(loop).round();
  }

  @Override
  public UUID newId() {
    return new UUID(0x4000, ++ids);
  }

  @Override
  public boolean await(BooleanSupplier condition, Duration timeout) {
    return condition.getAsBoolean();
  }

  @Override
  public Loop loop(String name, Loop.Body body) {
    loops.put(name, body);
    return new Loop() {
      @Override
      public void start(Thread.UncaughtExceptionHandler onDeath) {}

      @Override
      public void wake() {}

      @Override
      public boolean isRunning() {
        return false;
      }

      @Override
      public boolean isCurrent() {
        return true;
      }

      @Override
      public void join(long timeoutMillis) {}
    };
  }
}

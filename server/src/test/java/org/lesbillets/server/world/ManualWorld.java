package org.lesbillets.server.world;

import java.time.Duration;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** A world whose loops never run: the test calls what they would, on its own thread. */
public final class ManualWorld implements World {
  private final TimeSource time;
  private long ids;

  public ManualWorld(TimeSource time) {
    this.time = time;
  }

  @Override
  public TimeSource time() {
    return time;
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

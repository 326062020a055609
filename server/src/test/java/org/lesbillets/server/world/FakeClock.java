package org.lesbillets.server.world;

import java.time.Duration;
import java.time.Instant;

/** Clocks that stand still until a test moves them. One thread moves them, any reads. */
public final class FakeClock implements TimeSource {
  /** Close to where a machine's own counter would overflow, which must not matter. */
  private volatile long nanos = Long.MAX_VALUE - Duration.ofMinutes(20).toNanos();

  private volatile Instant now = Instant.parse("2026-11-22T09:00:00Z");
  private volatile long pauses;
  private long nanosPerLook;
  private volatile Runnable atNextNow;

  @Override
  public Instant now() {
    Runnable meanwhile = atNextNow;
    atNextNow = null;
    if (meanwhile != null) {
      meanwhile.run();
    }
    return now;
  }

  /** Something happens at the next look at the wall clock, and before it is answered. */
  public void atNextNow(Runnable meanwhile) {
    atNextNow = meanwhile;
  }

  @Override
  public long nanos() {
    nanos += nanosPerLook;
    return nanos;
  }

  /** From now on each look at the clock that never jumps takes so long. */
  public void lookTakes(Duration time) {
    nanosPerLook = time.toNanos();
  }

  /** Both clocks go on. */
  public void advance(Duration by) {
    nanos += by.toNanos();
    now = now.plus(by);
  }

  @Override
  public long pauses() {
    return pauses;
  }

  /** The process does not run for some time. */
  public void pause() {
    pauses++;
  }

  /** Only the clock that never jumps goes on. */
  public void advanceNanos(long by) {
    nanos += by;
  }

  /** Somebody sets the wall clock. */
  public void jump(Duration by) {
    now = now.plus(by);
  }
}

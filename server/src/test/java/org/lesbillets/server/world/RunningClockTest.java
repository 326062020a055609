package org.lesbillets.server.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RunningClockTest {
  /** Close to where a machine's own counter would overflow, which must not matter. */
  private final AtomicLong raw = new AtomicLong(Long.MAX_VALUE - seconds(30));

  private final AtomicLong suspended = new AtomicLong(7);
  private final RunningClock clock = new RunningClock(raw::get, suspended::get);
  private final long origin = clock.nanos();

  private static long seconds(long seconds) {
    return Duration.ofSeconds(seconds).toNanos();
  }

  private static long millis(long millis) {
    return Duration.ofMillis(millis).toNanos();
  }

  /** The clock runs for so long, and is read every 100 ms. */
  private void run(long millis) {
    for (long passed = 0; passed < millis; passed += 100) {
      raw.addAndGet(millis(Math.min(100, millis - passed)));
      clock.nanos();
    }
  }

  private long elapsed() {
    return clock.nanos() - origin;
  }

  @Test
  void keepsPaceWithTheUnderlyingClock() {
    run(20_030);
    assertEquals(millis(20_030), elapsed());
    raw.addAndGet(millis(470));
    assertEquals(millis(20_500), elapsed(), "late, and no pause");
    assertEquals(0, clock.pauses());
  }

  @Test
  void aPauseCountsAsNextToNothing() {
    run(1_000);
    raw.addAndGet(seconds(35));
    assertEquals(1, clock.pauses());
    assertEquals(seconds(1) + RunningClock.NOTED_NANOS, elapsed());
    run(1_000);
    assertEquals(seconds(2) + RunningClock.NOTED_NANOS, elapsed());
    assertEquals(1, clock.pauses());
  }

  @Test
  void pausesAddUp() {
    for (int i = 0; i < 50; i++) {
      raw.addAndGet(seconds(3));
      clock.nanos();
      run(1_000);
    }
    assertEquals(50, clock.pauses());
    assertEquals(seconds(50) + 50 * RunningClock.NOTED_NANOS, elapsed());
  }

  @Test
  void aSuspendedMachineIsAPauseWithNothingToSubtract() {
    run(1_000);
    suspended.addAndGet(seconds(3_600));
    run(1_000);
    assertEquals(1, clock.pauses());
    assertEquals(seconds(2), elapsed());
    suspended.addAndGet(millis(10));
    run(1_000);
    assertEquals(1, clock.pauses(), "that much is the resolution");
  }

  @Test
  void aSuspendThatCannotBeReadForAWhileIsNoPause() {
    run(1_000);
    suspended.set(RunningClock.UNKNOWN);
    run(1_000);
    suspended.set(7);
    run(1_000);
    assertEquals(0, clock.pauses());
    RunningClock unreadable = new RunningClock(raw::get, () -> RunningClock.UNKNOWN);
    raw.addAndGet(millis(400));
    assertEquals(0, unreadable.pauses());
    raw.addAndGet(seconds(4));
    assertEquals(1, unreadable.pauses());
  }

  @Test
  void neverGoesBackWhoeverReadsItWhenever() throws InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    List<Long> leaps = new ArrayList<>();
    AtomicLong latest = new AtomicLong(clock.nanos());
    Thread reader =
        new Thread(
            () -> {
              while (!done.get()) {
                long before = latest.get();
                long now = clock.nanos();
                if (now - before < 0) {
                  leaps.add(now - before);
                }
              }
            });
    reader.start();
    for (int i = 0; i < 300_000; i++) {
      raw.addAndGet(i % 1_000 == 0 ? seconds(2) : millis(i % 90));
      latest.set(clock.nanos());
    }
    done.set(true);
    reader.join();
    assertEquals(List.of(), leaps);
  }

  @Test
  void theMachinesOwnClockIsWhatItSays() {
    long first = TimeSource.system().nanos();
    assertTrue(Math.abs(System.nanoTime() - first) < seconds(10));
    assertTrue(Math.abs(SuspendedTime.nanos() - SuspendedTime.nanos()) < seconds(1));
  }
}

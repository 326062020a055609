package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Time, for those who try again. */
interface Pace {
  /** The monotonic clock of this machine; a success over another connection ends a sleep. */
  static Pace wokenBy(ReconnectSignal signal) {
    return new Pace() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void sleep(Duration duration) throws InterruptedException {
        Semaphore woken = new Semaphore(0);
        signal.await(
            () -> woken.tryAcquire(duration.toNanos(), TimeUnit.NANOSECONDS), woken::release);
      }
    };
  }

  /** A monotonic clock. */
  long nanoTime();

  void sleep(Duration duration) throws InterruptedException;
}

package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.lesbillets.cli.client.ReconnectSignal;

/** Time, for those who try again. */
interface Sleeper {
  /** The monotonic clock of this machine; a success over another connection ends a sleep. */
  static Sleeper wokenBy(ReconnectSignal signal) {
    return new Sleeper() {
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

package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time, for those who try again. */
interface Pace {
  /** The monotonic clock of this machine. */
  Pace REAL =
      new Pace() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
          TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
      };

  /** A monotonic clock. */
  long nanoTime();

  void sleep(Duration duration) throws InterruptedException;
}

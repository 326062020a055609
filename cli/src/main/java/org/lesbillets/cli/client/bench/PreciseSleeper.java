package org.lesbillets.cli.client.bench;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.lesbillets.cli.client.retry.Sleeper;

/** Sleeps to about a tenth of a millisecond, where Thread.sleep rounds up to whole ones. */
final class PreciseSleeper implements Sleeper {
  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    long until = System.nanoTime() + duration.toNanos();
    for (long left = duration.toNanos(); left > 0; left = until - System.nanoTime()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(this, left);
    }
  }
}

package org.lesbillets.cli.client.retry;

import java.time.Duration;

/** The clock of retries: a test can run them on a simulated one. */
public interface Sleeper {
  /** A monotonic clock. */
  long nanoTime();

  /** Waits so long, or shorter where there is a reason to retry earlier. */
  void sleep(Duration duration) throws InterruptedException;
}

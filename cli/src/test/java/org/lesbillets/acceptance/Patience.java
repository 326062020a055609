package org.lesbillets.acceptance;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** How long a test may hang: long enough for a busy machine, short enough to be noticed. */
final class Patience {
  static final long SECONDS = 300;

  private Patience() {}

  /** Waits for something that has to come within seconds, however busy the machine is. */
  static void until(String what, Callable<Boolean> condition) {
    await(what).pollInterval(Duration.ofMillis(20)).until(condition);
  }
}

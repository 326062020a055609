package org.lesbillets.cli.client.lock;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.lesbillets.cli.client.retry.Backoff;
import org.lesbillets.model.message.ClientMessage.WaitableChange;
import org.lesbillets.model.message.LockWait;

/**
 * The time of a wait on this machine's monotonic clock, from the first connection on: that takes
 * nothing from it. Confined to the thread that waits.
 */
final class WaitTime {
  /** The least time limit of an attempt to connect, and of a wait. */
  private static final Duration LEAST = Duration.ofMillis(200);

  private final WaitableChange wanted;
  private final CompletableFuture<Void> over;

  /** The first attempt to connect; from the first connection on, the start of the wait. */
  private long start = System.nanoTime();

  private boolean begun;

  /**
   * @param over completed by a cancel
   */
  WaitTime(WaitableChange wanted, CompletableFuture<Void> over) {
    this.wanted = wanted;
    this.over = over;
  }

  /** There is a connection; only the first one counts. */
  void begin() {
    if (!begun) {
      begun = true;
      start = System.nanoTime();
    }
  }

  boolean hasBegun() {
    return begun;
  }

  Duration passed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The time limit for the first connection. */
  Duration toConnect(Duration timeout) {
    return Backoff.longer(timeout.minus(passed()), LEAST);
  }

  /** Once begun: the time left of the wait; zero when it is over, centuries if unlimited. */
  Duration left() {
    Duration atMost = wanted.waiting().atMost();
    if (over.isDone()) {
      return Duration.ZERO;
    }
    if (atMost == null) {
      return Duration.ofNanos(Long.MAX_VALUE);
    }
    Duration left = atMost.minus(passed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The request, which waits for what is left of the time. */
  WaitableChange rest() {
    boolean limited = wanted.waiting().atMost() != null && left().compareTo(LEAST) >= 0;
    return limited ? wanted.queued(new LockWait(left())) : wanted;
  }
}

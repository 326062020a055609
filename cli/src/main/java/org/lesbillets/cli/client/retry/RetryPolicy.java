package org.lesbillets.cli.client.retry;

import java.time.Duration;
import org.lesbillets.cli.client.ConnectionException;
import org.lesbillets.cli.client.RejectedException;

/**
 * Which failures are retried, and how the time of a request is shared among its attempts. What is
 * transient is written at {@code RejectionCode} and {@link ConnectionException.Kind}. Stateless;
 * any thread.
 */
public final class RetryPolicy {
  /** The least time for an attempt; below it there is no point in waiting. */
  private static final Duration LEAST = Duration.ofMillis(20);

  /** Up to this an attempt gets all the time that is left, above it half. */
  private static final Duration UNDIVIDED = Duration.ofSeconds(2);

  private RetryPolicy() {}

  /** Whether a retry can succeed; what is no failure of the client's own family is a mistake. */
  public static boolean isTransient(RuntimeException failure) {
    return failure instanceof RejectedException refused && refused.code().isTransient()
        || failure instanceof ConnectionException lost && lost.kind().isTransient();
  }

  /** Whether what outlives one request retries it: the cause is the state of the server. */
  public static boolean isOutage(RuntimeException failure) {
    return isTransient(failure)
        || failure instanceof RejectedException refused && refused.code().isOutage();
  }

  /** Whether a change that failed like this may have happened. */
  public static boolean isOutcomeUnknown(RuntimeException failure) {
    return failure instanceof RejectedException refused
        ? refused.code().isOutcomeUnknown()
        : failure instanceof ConnectionException lost && lost.kind().isOutcomeUnknown();
  }

  /** Whether so much time is enough for another attempt. */
  public static boolean allowsAttempt(Duration left) {
    return left.compareTo(LEAST) >= 0;
  }

  /** The time limit of one attempt where so much time is left for it and all that follow. */
  public static Duration attemptTimeout(Duration left) {
    return left.compareTo(UNDIVIDED) > 0 ? left.dividedBy(2) : Backoff.longer(left, LEAST);
  }
}

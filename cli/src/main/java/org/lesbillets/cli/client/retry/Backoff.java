package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with full jitter: waits evenly distributed between zero and a ceiling of 0.25
 * s that doubles with each attempt, up to 4 s in the first ten minutes since the last success and
 * to 15 s afterwards. In those ten minutes a failed attempt and the wait after it take at most 4 s
 * together, so that a server that is back is found within that. Not thread-safe.
 */
public final class Backoff {
  static final Duration FIRST = Duration.ofMillis(250);
  static final Duration LONGEST = Duration.ofSeconds(4);
  public static final Duration LONGEST_LATER = Duration.ofSeconds(15);
  public static final Duration EAGER = Duration.ofMinutes(10);

  /** The time limit of an attempt in the first ten minutes: a server may die in a handshake. */
  private static final Duration ATTEMPT = Duration.ofSeconds(3);

  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private int attempts;

  /** The time of the first wait since the last success. */
  private long sinceNanos;

  public Backoff(RandomGenerator random) {
    this(random, System::nanoTime);
  }

  /**
   * @param nanoTime a monotonic clock
   */
  public Backoff(RandomGenerator random, LongSupplier nanoTime) {
    this.random = random;
    this.nanoTime = nanoTime;
  }

  /** A backoff whose waits differ from every other client's, against a thundering herd. */
  public static Backoff unpredictable() {
    // ThreadLocalRandom would give every client the same waits when another thread draws them.
    return new Backoff(new Random());
  }

  /** The next wait, from zero up to and including the ceiling of this attempt. */
  public Duration next() {
    return next(Duration.ZERO);
  }

  /**
   * As {@link #next()}, shortened where the attempt that failed took its time.
   *
   * @param took the time since that attempt began
   */
  public Duration next(Duration took) {
    if (attempts == 0) {
      sinceNanos = nanoTime.getAsLong();
    }
    Duration longest = isEager() ? LONGEST : LONGEST_LATER;
    long ceiling =
        longer(FIRST, shorter(ceiling(attempts, longest), longest.minus(took))).toMillis();
    attempts++;
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }

  /** Whether the last success was no more than ten minutes ago, or none is missed. */
  private boolean isEager() {
    return attempts == 0 || nanoTime.getAsLong() - sinceNanos < EAGER.toNanos();
  }

  /** The time limit for an attempt to connect that others follow. */
  Duration patience(Duration timeout) {
    return isEager() ? shorter(timeout, ATTEMPT) : timeout;
  }

  /** The number of waits since the last success. */
  int attempts() {
    return attempts;
  }

  /** Starts over, after a success. */
  public void reset() {
    attempts = 0;
  }

  /** The longest wait after {@code attempts} failures before. */
  static Duration ceiling(int attempts, Duration longest) {
    return shorter(FIRST.multipliedBy(1L << Math.min(attempts, 6)), longest);
  }

  public static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  public static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}

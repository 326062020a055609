package org.lesbillets.cli.client.retry;

import java.time.Duration;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * Full-jitter backoff: waits evenly spread between zero and a ceiling of 0.25 s that doubles with
 * each attempt, up to 4 s in the first ten minutes since the last success and to 15 s afterwards.
 * In those ten minutes a failed attempt and the wait after it take at most 4 s together, so that a
 * server that is back is found within that. Not thread-safe.
 */
public final class Backoff {
  static final Duration FIRST = Duration.ofMillis(250);
  static final Duration LONGEST = Duration.ofSeconds(4);
  public static final Duration LONGEST_LATER = Duration.ofSeconds(15);
  public static final Duration EAGER = Duration.ofMinutes(10);

  /** For one attempt in the first ten minutes: a server may die in the middle of a handshake. */
  private static final Duration ATTEMPT = Duration.ofSeconds(3);

  private final RandomGenerator random;
  private final LongSupplier nanoTime;
  private int attempts;

  /** When the first wait since the last success was given out. */
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

  /** One whose waits differ from every other client's, so that they do not come back as a crowd. */
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
   * @param took from the beginning of that attempt until now
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

  /** For the next attempt to connect, where others follow it. */
  public Duration patience(Duration timeout) {
    return isEager() ? shorter(timeout, ATTEMPT) : timeout;
  }

  /** How many waits were given out since the last success. */
  public int attempts() {
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

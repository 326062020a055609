package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: full jitter, evenly spread between zero and a ceiling of
 * 0.25 s that doubles with each attempt up to 15 s. Not thread-safe.
 */
final class Backoff {
  static final Duration FIRST = Duration.ofMillis(250);
  static final Duration LONGEST = Duration.ofSeconds(15);

  private final RandomGenerator random;
  private int attempts;

  Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** One whose waits differ from every other client's, so that they do not come back as a crowd. */
  static Backoff unpredictable() {
    // ThreadLocalRandom would give every client the same waits when another thread draws them.
    return new Backoff(new Random());
  }

  /** The next wait, from zero up to and including the ceiling of this attempt. */
  Duration next() {
    long ceiling = ceiling(attempts).toMillis();
    attempts++;
    return Duration.ofMillis(random.nextLong(ceiling + 1));
  }

  /** How many waits were given out since the last success. */
  int attempts() {
    return attempts;
  }

  /** Starts over, after a success. */
  void reset() {
    attempts = 0;
  }

  /** The longest wait after {@code attempts} failures before. */
  static Duration ceiling(int attempts) {
    long millis = FIRST.toMillis() << Math.min(attempts, 6);
    return Duration.ofMillis(Math.min(millis, LONGEST.toMillis()));
  }
}

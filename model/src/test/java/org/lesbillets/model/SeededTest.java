package org.lesbillets.model;

import java.util.Random;

/**
 * Runs a random test so that its failure can be played again: the seed stands in the message, and
 * {@code -Dseed=N} gives it back.
 */
public final class SeededTest {
  private SeededTest() {}

  /** A test that draws its input from a generator. */
  @FunctionalInterface
  public interface Body {
    void run(Random random) throws Exception;
  }

  public static void run(Body body) throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    try {
      body.run(new Random(seed));
    } catch (Exception | AssertionError e) {
      throw new AssertionError("failed with -Dseed=" + seed + ": " + e.getMessage(), e);
    }
  }
}

package org.lesbillets.server.world;

/**
 * A named loop of the server, which runs its body a round at a time, never two rounds at once: a
 * thread in production, a task of the seeded scheduler in a simulation.
 *
 * <pre>
 *   NEW --- start ---> RUNNING --- the body returns END, or throws ---> ENDED
 * </pre>
 */
public interface Loop {
  /** Returned by a body for which there is no further round. */
  long END = Long.MIN_VALUE;

  /** What a loop runs. */
  @FunctionalInterface
  interface Body {
    /**
     * Runs one round: all that is due, up to a bound. Does not wait for input; a producer calls
     * {@link Loop#wake} behind each addition.
     *
     * @return nanoseconds until the next round is due without a wake; 0 or less for at once, {@link
     *     #END} for never
     */
    long round();
  }

  /**
   * Starts the loop. At most once.
   *
   * @param onDeath callback if the body throws, which ends the loop
   */
  void start(Thread.UncaughtExceptionHandler onDeath);

  /** Makes the next round due at once. Any thread; cheap when it is due already. */
  void wake();

  /** Whether it was started and has not ended. Any thread. */
  boolean isRunning();

  /** Whether the caller is inside a round of this loop. */
  boolean isCurrent();

  /**
   * Waits for the end of the loop, if it was started; not from inside a round.
   *
   * @param timeoutMillis 0 for no timeout
   */
  void join(long timeoutMillis);
}

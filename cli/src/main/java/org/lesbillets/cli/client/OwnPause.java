package org.lesbillets.cli.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Detector of pauses of this process (SIGSTOP, a machine that stood still), which count for no
 * timeout: a step that takes a second longer than its time limit was delayed by one. For one
 * thread.
 */
public final class OwnPause {
  /** The time after a pause in which the server can be asked what became of a lease. */
  public static final Duration TIME_TO_ASK = Duration.ofSeconds(5);

  private static final long PAUSED_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The time limit for an answer that may be there after a pause, and is not read yet. */
  private static final Duration ANSWER = Duration.ofSeconds(2);

  private long stepEnds = System.nanoTime();

  /** Begins a step that blocks for at most this long, and returns that. */
  public Duration step(Duration limit) {
    stepEnds = System.nanoTime() + limit.toNanos();
    return limit;
  }

  /** Ends the step; whether a pause delayed it. */
  public boolean delayed() {
    long now = System.nanoTime();
    boolean delayed = now - stepEnds > PAUSED_NANOS;
    stepEnds = now;
    return delayed;
  }

  /**
   * The result of a promise.
   *
   * @throws TimeoutException if there is none within this time, plus two seconds after a pause
   */
  static <T> T await(CompletableFuture<T> promise, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    OwnPause pause = new OwnPause();
    try {
      return promise.get(pause.step(patience).toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      if (!pause.delayed()) {
        throw e;
      }
      return promise.get(ANSWER.toNanos(), TimeUnit.NANOSECONDS);
    }
  }
}

package org.lesbillets.cli.command.lock;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Shutdown hook that closes the race between a signal and a grant: a process that ended after its
 * lock was granted, and before anything outside knew the token, would leave the ticket locked until
 * the lease expires. The end is delayed until the lock has an owner outside this process or is
 * released; bounded by half a second. Opened before the lock is requested; for one thread, and the
 * hook's.
 */
public final class GrantGuard implements AutoCloseable {
  /**
   * Timeout of the delay. A queued request is unanswered, and should not delay the end for long.
   */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final CountDownLatch settled = new CountDownLatch(1);
  private final Thread hook = new Thread(this::end, "billets-grant-end");
  private volatile boolean ending;

  private GrantGuard() {}

  public static GrantGuard open() {
    GrantGuard guard = new GrantGuard();
    Runtime.getRuntime().addShutdownHook(guard.hook);
    return guard;
  }

  /** Whether the process is ending, so that nothing may begin under the lock. */
  boolean isEnding() {
    return ending;
  }

  /** Runs when a signal asks the process to end. */
  void end() {
    ending = true;
    try {
      settled.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The lock has an owner, or was released, or was not granted. */
  @Override
  public void close() {
    settled.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook at work.
    }
  }
}

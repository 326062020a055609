package org.lesbillets.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health of the server's threads. An uncaught exception, always a mistake of ours, makes the server
 * unhealthy until it is restarted; a thread that is stalled, for as long as it is. Any thread;
 * keeps the first failure, by compare-and-set.
 */
final class ServerHealth implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ServerHealth.class);

  private final AtomicReference<String> failure = new AtomicReference<>();

  private volatile Supplier<Optional<String>> stalls = Optional::empty;

  /**
   * @param stalls a sentence while a thread is stalled
   */
  void watch(Supplier<Optional<String>> stalls) {
    this.stalls = stalls;
  }

  @Override
  public void uncaughtException(Thread thread, Throwable cause) {
    LOG.error("The thread {} died; the server must be restarted", thread.getName(), cause);
    failure.compareAndSet(null, "The thread " + thread.getName() + " died: restart the server.");
  }

  /** A sentence while the server is not well. */
  Optional<String> trouble() {
    return Optional.ofNullable(failure.get()).or(stalls);
  }
}

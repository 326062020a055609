package org.lesbillets.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Health of the server's threads. An uncaught exception, always a mistake of ours, makes the server
 * unhealthy until it is restarted. Any thread; keeps the first failure, by compare-and-set.
 */
final class ServerHealth implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ServerHealth.class);

  private final AtomicReference<String> failure = new AtomicReference<>();

  @Override
  public void uncaughtException(Thread thread, Throwable cause) {
    LOG.error("The thread {} died; the server must be restarted", thread.getName(), cause);
    failure.compareAndSet(null, "The thread " + thread.getName() + " died: restart the server.");
  }

  /** The sentence of the first failure. */
  Optional<String> trouble() {
    return Optional.ofNullable(failure.get());
  }
}

package org.lesbillets.server;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server works. A thread that dies, which only a mistake of ours can bring about, turns
 * it red for good: the process must be restarted. Any thread.
 */
final class ServerHealth implements Thread.UncaughtExceptionHandler {
  private static final Logger LOG = LoggerFactory.getLogger(ServerHealth.class);

  private final AtomicReference<String> failure = new AtomicReference<>();

  @Override
  public void uncaughtException(Thread thread, Throwable cause) {
    LOG.error("The thread {} died; the server must be restarted", thread.getName(), cause);
    failure.compareAndSet(null, "The thread " + thread.getName() + " died: restart the server.");
  }

  /** Why the server must be restarted, if it must. */
  Optional<String> trouble() {
    return Optional.ofNullable(failure.get());
  }
}

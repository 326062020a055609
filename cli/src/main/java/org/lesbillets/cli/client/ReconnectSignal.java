package org.lesbillets.cli.client;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A broadcast among connections with the same settings: an answer over one of them ends the backoff
 * of all others, since the server can be reached again. Thread-safe; holds one entry for each wait
 * in progress.
 */
public final class ReconnectSignal {
  private final Set<Runnable> waits = ConcurrentHashMap.newKeySet();

  /** A wait that a success may end. */
  public interface Wait {
    public void await() throws InterruptedException;
  }

  /**
   * Waits, on the caller's thread.
   *
   * @param wake ends the wait; called on any thread, perhaps more than once
   */
  public void await(Wait wait, Runnable wake) throws InterruptedException {
    waits.add(wake);
    try {
      wait.await();
    } finally {
      waits.remove(wake);
    }
  }

  /** A server answered. */
  void succeeded() {
    waits.forEach(Runnable::run);
  }
}

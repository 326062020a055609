package org.lesbillets.server.desk.index;

import java.util.concurrent.CompletableFuture;

/** Whether an agent may still change tickets, asked when its connection is closed. Any thread. */
@FunctionalInterface
public interface Standing {
  /** Of an agent whose right does not end. */
  Standing LASTING = () -> CompletableFuture.completedFuture(true);

  /**
   * Asks again.
   *
   * @return completes normally; false also while it cannot be known
   */
  CompletableFuture<Boolean> holds();
}

package org.lesbillets.cli.client;

import java.time.Duration;

/** A lease that somebody keeps renewed. */
public interface KeptLease extends AutoCloseable {
  /**
   * Releases the lock and stops renewing. Never fails: a server that cannot be told within {@code
   * patience} ends the lease by itself.
   */
  void release(Duration patience);

  /** Stops renewing; the lock itself stays, until it is released or its time is over. */
  @Override
  void close();
}

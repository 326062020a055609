package org.lesbillets.cli.client.lock;

import java.time.Duration;
import org.lesbillets.model.message.GiveBack;

/**
 * A lease that is renewed until it is released, closed or lost. Any thread; {@link LeaseKeeper} is
 * the one implementation outside of tests.
 */
public interface KeptLease extends AutoCloseable {
  /**
   * Releases the lock and stops renewing. Never throws: the lease of a server that cannot be
   * reached within {@code patience} ends by itself.
   *
   * @param giveBack how the claim that took the lock is given back; null for a plain release
   * @return whether the server answered that the lock has ended; false if it was released before
   */
  boolean release(GiveBack giveBack, Duration patience);

  /** Releases the lock plainly, as {@link #release(GiveBack, Duration)} does. */
  default boolean release(Duration patience) {
    return release(null, patience);
  }

  /** Stops renewing; the lock itself stays, until it is released or its lease is over. */
  @Override
  void close();
}

package org.lesbillets.cli.tui.live;

import org.lesbillets.cli.client.lock.LockLostReason;

/** Hears of the end of a lease, at most once, on the thread that kept it. */
@FunctionalInterface
public interface LossListener {
  /**
   * The lock is lost and not renewed any more. Not called for a server that is away, nor after
   * {@link HeldLease#release}.
   *
   * @param why who and why, in words
   */
  void lost(LockLostReason why);
}

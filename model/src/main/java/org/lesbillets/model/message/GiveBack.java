package org.lesbillets.model.message;

import java.time.Duration;

/**
 * A claim to be returned to the pool with the release of its lock.
 *
 * @param failed whether the attempt counts as failed
 * @param wakeAfter how long the ticket is not to be claimed, 0 to 366 days; null for no delay
 */
public record GiveBack(boolean failed, Duration wakeAfter) {
  /** An attempt that failed. */
  public static final GiveBack FAILED = new GiveBack(true, null);

  /** An attempt that is not counted. */
  public static final GiveBack UNTRIED = new GiveBack(false, null);
}

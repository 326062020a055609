package org.lesbillets.model.message;

import java.time.Duration;

/**
 * The return of a claim to the pool, with the release of its lock. Immutable.
 *
 * @param failed whether the attempt is counted as failed
 * @param wakeAfter delay before the ticket can be claimed, 0 to 366 days; null for none
 */
public record GiveBack(boolean failed, Duration wakeAfter) {
  /** An attempt that failed. */
  public static final GiveBack FAILED = new GiveBack(true, null);

  /** An attempt that is not counted. */
  public static final GiveBack UNTRIED = new GiveBack(false, null);
}

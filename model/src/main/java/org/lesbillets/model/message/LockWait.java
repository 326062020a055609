package org.lesbillets.model.message;

import java.time.Duration;

/**
 * The timeout of a lock request or a claim in the wait queue. Immutable.
 *
 * @param atMost time after which it is answered TIMEOUT; null for no timeout
 */
public record LockWait(Duration atMost) {
  public static final LockWait FOREVER = new LockWait(null);
}

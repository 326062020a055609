package org.lesbillets.model.message;

import java.time.Duration;

/**
 * How long a lock request stays in line.
 *
 * @param atMost the time after which it is answered TIMEOUT; null to wait for ever
 */
public record LockWait(Duration atMost) {
  public static final LockWait FOREVER = new LockWait(null);
}

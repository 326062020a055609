package org.lesbillets.model.message;

import java.time.Duration;

/**
 * What somebody wants of a lock; null where the server decides.
 *
 * @param ttl 1 s to 8 h; 15 min when null
 * @param note why; at most 200 code points
 * @param client what holds it ("cli", "tui", …); at most 200 code points
 */
public record LockTerms(Duration ttl, String note, String client) {
  public static final LockTerms DEFAULT = new LockTerms(null, null, null);
}

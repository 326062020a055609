package org.lesbillets.model.message;

import java.time.Duration;

/**
 * The terms of a requested lock; null where the server's default applies. Immutable.
 *
 * @param ttl time limit of the lease, 1 s to 8 h; 15 min when null
 * @param note the purpose; at most 200 code points
 * @param client the holding program ("cli", "tui", …); at most 200 code points
 */
public record LockTerms(Duration ttl, String note, String client) {
  public static final LockTerms DEFAULT = new LockTerms(null, null, null);

  public LockTerms withTtl(Duration ttl) {
    return new LockTerms(ttl, note, client);
  }

  public LockTerms withClient(String client) {
    return new LockTerms(ttl, note, client);
  }
}

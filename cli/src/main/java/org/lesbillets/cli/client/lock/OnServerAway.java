package org.lesbillets.cli.client.lock;

/** What becomes of a lease that runs out while the server is away. */
public enum OnServerAway {
  /** It counts as lost: what runs under the lock must not outlive the lease. */
  GIVE_UP,
  /**
   * It is renewed as soon as the server is back, which gives leases their whole ttl again, and
   * refuses the token if the lock has another holder by then.
   */
  KEEP_TRYING
}

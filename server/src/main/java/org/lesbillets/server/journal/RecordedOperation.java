package org.lesbillets.server.journal;

/**
 * The recorded effect of an idempotency key. Immutable.
 *
 * @param fingerprint hash of the request that had the effect
 * @param revision of the event it made
 */
public record RecordedOperation(String fingerprint, long revision) {
  /** Of a request whose content was redacted since: nothing is known of it. */
  public static final String REDACTED = "";

  /** Whether a request with this fingerprint can be the one that had the effect. */
  public boolean fits(String other) {
    return fingerprint.equals(REDACTED) || fingerprint.equals(other);
  }
}

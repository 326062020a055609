package org.lesbillets.server.journal;

/**
 * The recorded effect of an idempotency key. Immutable.
 *
 * @param fingerprint hash of the request that had the effect
 * @param revision of the event it made
 */
public record RecordedOperation(String fingerprint, long revision) {}

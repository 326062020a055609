package org.lesbillets.server.journal;

/**
 * An operation the journal remembers.
 *
 * @param fingerprint of the request that had the effect
 * @param revision of the event that was the effect
 */
public record RecordedOperation(String fingerprint, long revision) {}

package org.lesbillets.model.message;

/**
 * The break of another's lock, as a compare-and-set on its token. Immutable.
 *
 * @param token of the lock that the agent saw: a newer one is not broken
 * @param reason published with the event; at most 200 code points, null only for one's own lock
 */
public record LockBreak(long token, String reason) {}

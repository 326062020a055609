package org.lesbillets.model.message;

/**
 * The wish to break a lock one has seen.
 *
 * @param token of the lock that was seen: a newer one is left alone
 * @param reason told to everybody; at most 200 code points, may be null for one's own lock
 */
public record LockBreak(long token, String reason) {}

package org.lesbillets.server.journal;

/**
 * Which part of a long list, newest first.
 *
 * @param before only what has a lower revision; Long.MAX_VALUE for the newest
 * @param limit at most so many, 1 or more
 * @param maxBytes stop when the texts read exceed this; at least one is given all the same
 */
public record Page(long before, int limit, long maxBytes) {}

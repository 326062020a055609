package org.lesbillets.server.journal;

/**
 * The bounds of one page of a list, newest first. Immutable.
 *
 * @param before cursor: only items of a lower place (a revision, the id of a comment);
 *     Long.MAX_VALUE for the newest
 * @param limit at most so many, 1 or more
 * @param maxBytes bound on the texts of the page; one item is given even beyond it
 */
public record Page(long before, int limit, long maxBytes) {}

package org.lesbillets.server.work;

/**
 * The lanes of work that is asked for by sessions, which own their tasks. Immutable; any thread.
 *
 * @param reads short reads of the journal: details, history, idempotency look-ups. None waits for a
 *     query
 * @param queries whatever evaluates a query on many tickets: lists, watches, claims; in slices of
 *     {@link Slice#LENGTH}
 */
public record Workers(FairLane reads, FairLane queries) {}

package org.lesbillets.server.work;

/**
 * The lanes of work that is asked for by sessions, which own their tasks. Immutable; any thread.
 * Those that read the journal may be kept waiting by it; queries are not.
 *
 * @param reads short reads of the journal: details, history, idempotency look-ups. None waits for a
 *     query
 * @param replays what watches have missed, read from the journal
 * @param queries whatever evaluates a query on many tickets: lists, watches, claims; in slices of
 *     {@link Slice#LENGTH}. Never reads the journal
 */
public record Workers(FairLane reads, FairLane replays, FairLane queries) {

  /** Drops the queued work of a session that is gone; its look-ups are made all the same. */
  public void forget(Object session) {
    replays.forget(session);
    queries.forget(session);
  }
}

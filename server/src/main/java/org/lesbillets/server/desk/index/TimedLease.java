package org.lesbillets.server.desk.index;

import org.lesbillets.model.TicketId;

/**
 * A lease in the {@link LeaseClock}; times are in nanoseconds from the origin of that. Immutable.
 *
 * @param token of the lock
 * @param alarmNanos when notice is due: at the deadline, or later if the end was not recorded
 * @param state a lease that was extended, or given up, is not extended again
 */
record TimedLease(TicketId ticket, long token, Term term, long alarmNanos, State state) {

  /** How long a lease is, and when it is over. */
  record Term(long ttlNanos, long deadlineNanos) {}

  enum State {
    /** As it was granted or renewed. */
    REGULAR,
    /** Restarted after a pause since then. */
    EXTENDED,
    /** Ended early, because its holder was gone when it was granted. */
    GIVEN_UP,
    /** Ended early, because what it was granted for has ended. */
    EXPIRED
  }

  long deadlineNanos() {
    return term.deadlineNanos;
  }

  boolean canExpire() {
    return state == State.REGULAR || state == State.EXTENDED;
  }

  /** The same with the time it had left, at most its ttl, when the clock was suspended. */
  TimedLease resumed(long sinceNanos, long nowNanos) {
    long deadline = nowNanos + Math.min(term.deadlineNanos - sinceNanos, term.ttlNanos);
    return new TimedLease(ticket, token, new Term(term.ttlNanos, deadline), deadline, state);
  }

  TimedLease dueAt(long alarmNanos) {
    return new TimedLease(ticket, token, term, alarmNanos, state);
  }
}

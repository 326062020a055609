package org.lesbillets.server.desk.index;

import java.util.Iterator;

/**
 * A way of the {@link LeaseClock} through the leases there were at its begin. The desk's thread;
 * other threads may ask whether a lease {@link #isBefore} it.
 *
 * @param sinceNanos when the clock was suspended whose run it follows; Long.MAX_VALUE for none
 * @param restarts whether all that can expire begin again, or only those that were not extended
 * @param reminds whether notice is given again of the others
 */
record LeaseSweep(
    Iterator<TimedLease> leases,
    long beginNanos,
    long sinceNanos,
    boolean restarts,
    boolean reminds) {

  /** One sweep with the effects of both. */
  LeaseSweep with(LeaseSweep later) {
    long since = Math.min(sinceNanos, later.sinceNanos);
    boolean either = restarts || later.restarts;
    return new LeaseSweep(later.leases, later.beginNanos, since, either, reminds || later.reminds);
  }

  /** Whether a lease was started or restarted since the sweep began. */
  boolean isBefore(TimedLease lease) {
    return lease.deadlineNanos() - lease.term().ttlNanos() > beginNanos;
  }
}

package org.lesbillets.server.journal.etcd;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The lease of the idempotency keys that expire: one for all that are written within 10 minutes, so
 * that a cluster has few. A key is kept for 30 minutes after its lease was taken, so for at least
 * 10, also where a new lease comes late. The journal's loop.
 */
final class EtcdLeases {
  private static final Duration KEPT = Duration.ofMinutes(30);
  private static final long USED_NANOS = Duration.ofMinutes(10).toNanos();
  private static final long RETRY_NANOS = Duration.ofSeconds(2).toNanos();

  private final EtcdConnection etcd;
  private final Runnable wake;
  private CompletableFuture<Long> asked;
  private long lease;
  private long dueNanos;

  /**
   * Takes the first lease.
   *
   * @param wake wakes the journal's loop
   * @throws org.lesbillets.server.journal.JournalException if etcd gives none
   */
  EtcdLeases(EtcdConnection etcd, Runnable wake, long nowNanos) {
    this.etcd = etcd;
    this.wake = wake;
    this.lease = etcd.await(etcd.lease(KEPT));
    this.dueNanos = nowNanos + USED_NANOS;
  }

  long current() {
    return lease;
  }

  /** The present lease is gone. */
  void lost(long gone, long now) {
    if (gone == lease && asked == null) {
      dueNanos = now;
    }
  }

  /** Returns nanoseconds until there is something to do without a wake. */
  long round(long now) {
    if (asked != null && asked.isDone()) {
      boolean given = !asked.isCompletedExceptionally();
      lease = given ? asked.join() : lease;
      dueNanos = now + (given ? USED_NANOS : RETRY_NANOS);
      asked = null;
    }
    if (asked == null && now - dueNanos >= 0) {
      asked = etcd.lease(KEPT);
      asked.whenComplete((id, failure) -> wake.run());
    }
    return asked == null ? dueNanos - now : Long.MAX_VALUE;
  }
}

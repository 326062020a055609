package org.lesbillets.server.journal.etcd;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has etcd forget what its keys were more than an hour ago: what they are stays, so no event is
 * lost, and clients that come back later load a snapshot. Each server asks every 10 minutes, and it
 * does not matter that others do, too. The journal's loop; holds 7 revisions.
 */
final class EtcdCompaction {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdCompaction.class);
  private static final long EVERY = Duration.ofMinutes(10).toNanos();
  private static final int KEPT = 6;

  private final EtcdConnection etcd;
  private final Deque<Long> revisions = new ArrayDeque<>();
  private long dueNanos;

  EtcdCompaction(EtcdConnection etcd, long nowNanos) {
    this.etcd = etcd;
    this.dueNanos = nowNanos;
  }

  /**
   * Compacts when it is time.
   *
   * @param revision etcd's, of now
   * @return nanoseconds until there is something to do
   */
  long round(long now, long revision) {
    if (now - dueNanos >= 0) {
      dueNanos = now + EVERY;
      revisions.add(revision);
      if (revisions.size() > KEPT) {
        compact(revisions.remove());
      }
    }
    return dueNanos - now;
  }

  private void compact(long revision) {
    CompletableFuture<?> answer = etcd.compact(revision);
    answer.whenComplete(
        (done, failure) -> {
          if (failure != null && EtcdTrouble.of(failure) != EtcdTrouble.COMPACTED) {
            LOG.debug("etcd was not compacted at revision {}", revision, failure);
          }
        });
  }
}

package org.lesbillets.server.websocket;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.lesbillets.server.world.TimeSource;

/**
 * Token buckets for failed authentications: per peer, and one for all. A known token is admitted
 * without asking here, so that failures of others on the same address (all clients of a jump box
 * share 127.0.0.1) neither delay nor refuse it. Any thread; holds 1,024 peers, least recently used
 * first out.
 */
final class FailureLimiter {
  private static final int MAX_PEERS = 1_024;
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final TimeSource time;
  private final double perSecond;
  private final Map<String, Bucket> byPeer =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
          return size() > MAX_PEERS;
        }
      };
  private final Bucket all;

  /** Holds failures for two seconds' worth at most. */
  private static final class Bucket {
    private final double perSecond;
    private double tokens;
    private long filledNanos;

    Bucket(double perSecond, long now) {
      this.perSecond = perSecond;
      this.tokens = 2 * perSecond;
      this.filledNanos = now;
    }

    void fill(long now) {
      tokens = Math.min(2 * perSecond, tokens + (now - filledNanos) / NANOS * perSecond);
      filledNanos = now;
    }
  }

  /**
   * @param perSecond rate of failures of one peer that get the whole treatment
   * @param inAll rate of all peers together
   */
  FailureLimiter(TimeSource time, int perSecond, int inAll) {
    this.time = time;
    this.perSecond = perSecond;
    this.all = new Bucket(inAll, time.nanos());
  }

  /** Takes one failure from the budgets; false when one of them is exhausted. */
  synchronized boolean tryAcquire(String peer) {
    long now = time.nanos();
    Bucket own = byPeer.computeIfAbsent(peer, p -> new Bucket(perSecond, now));
    own.fill(now);
    all.fill(now);
    if (own.tokens < 1 || all.tokens < 1) {
      return false;
    }
    own.tokens--;
    all.tokens--;
    return true;
  }
}

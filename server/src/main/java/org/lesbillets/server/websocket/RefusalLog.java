package org.lesbillets.server.websocket;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.lesbillets.server.measure.Tally;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rate-limited log of refusals: counts by peer, and at most one line per peer and 10 s. The text of
 * a request is never logged. Any thread; holds the counts of 256 peers, further ones share one.
 */
final class RefusalLog {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalLog.class);
  private static final int MAX_PEERS = 256;
  private static final String OTHERS = "other peers";
  private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<String, Counts> byPeer = new HashMap<>();
  private final Tally<String> inAll;

  /** The counts of one peer since its last line. */
  private static final class Counts {
    private final Map<Refusal, Integer> counts = new EnumMap<>(Refusal.class);
    private long loggedNanos;
    private boolean logged;

    boolean isDue(long now) {
      return !logged || now - loggedNanos >= INTERVAL_NANOS;
    }

    String words() {
      return counts.entrySet().stream()
          .map(count -> count.getValue() + " " + count.getKey().plural())
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * @param inAll counts of all peers by {@link Refusal#label}
   */
  RefusalLog(Tally<String> inAll) {
    this.inAll = inAll;
  }

  /**
   * Counts a refusal.
   *
   * @param peer its address without the port, with its agent's name where that is known
   */
  synchronized void count(String peer, Refusal refusal) {
    inAll.add(refusal.label());
    String key = byPeer.containsKey(peer) || byPeer.size() < MAX_PEERS ? peer : OTHERS;
    byPeer.computeIfAbsent(key, k -> new Counts()).counts.merge(refusal, 1, Integer::sum);
  }

  /** Logs the lines that are due; to be called several times a second. */
  synchronized void flush(long now) {
    byPeer.entrySet().removeIf(entry -> flushed(entry.getKey(), entry.getValue(), now));
  }

  /** Whether a whole interval passed without a refusal. */
  private static boolean flushed(String peer, Counts counts, long now) {
    if (!counts.isDue(now)) {
      return false;
    }
    if (counts.counts.isEmpty()) {
      return true;
    }
    LOG.warn("Refused {}: {}", peer, counts.words());
    counts.counts.clear();
    counts.logged = true;
    counts.loggedNanos = now;
    return false;
  }
}

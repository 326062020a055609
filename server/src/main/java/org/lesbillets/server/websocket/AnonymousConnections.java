package org.lesbillets.server.websocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;

/**
 * The connections without a session, bounded in number and time, so that they cannot exhaust the
 * descriptors. Any thread, under its lock; an operation takes at most one pass over the bound.
 *
 * <p>Beyond a bound the oldest connection is evicted, of the peer that has most of them. A client
 * needs milliseconds from accept to session, and is evicted only if a whole bound of connections
 * arrives in between; refusing the newest instead would lock all clients out for as long as an
 * attacker holds the bound. Connections younger than {@link #GRACE_NANOS} are within the larger
 * bound, since many clients reconnect at once after a restart.
 */
final class AnonymousConnections {
  static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final EdgeLimits limits;
  private final LinkedHashMap<Connection<?>, Entry> open = new LinkedHashMap<>();
  private final Map<String, Integer> byPeer = new HashMap<>();

  /** One connection, and when it was accepted. */
  record Entry(Connection<?> connection, String peer, long sinceNanos) {}

  AnonymousConnections(EdgeLimits limits) {
    this.limits = limits;
  }

  /**
   * Adds an accepted connection.
   *
   * @return the connections to cut for it
   */
  synchronized List<Entry> add(Connection<?> connection, String peer, long now) {
    open.put(connection, new Entry(connection, peer, now));
    byPeer.merge(peer, 1, Integer::sum);
    List<Entry> evicted = new ArrayList<>();
    while (open.size() > limits.anonymousInAll()) {
      evicted.add(evict());
    }
    return evicted;
  }

  /** Removes a connection that got a session, or ended. */
  synchronized void remove(Connection<?> connection) {
    Entry removed = open.remove(connection);
    if (removed != null) {
      byPeer.computeIfPresent(removed.peer(), (peer, count) -> count == 1 ? null : count - 1);
    }
  }

  /** Removes and returns the connections whose time is over. */
  synchronized List<Entry> expired(long now) {
    List<Entry> expired = new ArrayList<>();
    for (Entry entry : open.values()) {
      if (now - entry.sinceNanos() < limits.handshake().toNanos()) {
        break;
      }
      expired.add(entry);
    }
    expired.forEach(entry -> remove(entry.connection()));
    return expired;
  }

  /** Removes and returns the connections beyond the bound of those past their grace. */
  synchronized List<Entry> crowding(long now) {
    long settled =
        open.values().stream().filter(entry -> now - entry.sinceNanos() >= GRACE_NANOS).count();
    List<Entry> evicted = new ArrayList<>();
    for (long i = settled; i > limits.anonymous(); i--) {
      evicted.add(evict());
    }
    return evicted;
  }

  synchronized int size() {
    return open.size();
  }

  /** Insertion order is age, so that the first match is the oldest. */
  private Entry evict() {
    String peer =
        byPeer.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    Entry oldest =
        open.values().stream().filter(entry -> entry.peer().equals(peer)).findFirst().orElseThrow();
    remove(oldest.connection());
    return oldest;
  }
}

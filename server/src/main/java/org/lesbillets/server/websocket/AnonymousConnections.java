package org.lesbillets.server.websocket;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.glassfish.grizzly.Connection;

/**
 * The connections without a session, bounded in number and time, so that they cannot exhaust the
 * descriptors. Any thread, under its lock; an operation takes at most one pass over the bound.
 *
 * <p>Beyond a bound a connection of the peer that has most of them is evicted: the oldest without
 * unread bytes, since a request that waits for this process is no fault of its client. A client
 * needs milliseconds from accept to session, and is evicted only if a whole bound of connections
 * arrives in between; refusing the newest instead would lock all clients out for as long as an
 * attacker holds the bound. Connections younger than {@link #GRACE_NANOS} are within the larger
 * bound, since many clients reconnect at once after a restart.
 */
final class AnonymousConnections {
  static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** Candidates that are asked for unread bytes, a system call each. */
  private static final int MAX_PROBES = 32;

  private final EdgeLimits limits;
  private final Predicate<Connection<?>> hasUnread;
  private final LinkedHashMap<Connection<?>, Entry> open = new LinkedHashMap<>();
  private final Map<String, Integer> byPeer = new HashMap<>();

  /** One connection, and when it was accepted. */
  record Entry(Connection<?> connection, String peer, long sinceNanos) {}

  /**
   * @param hasUnread whether bytes of a connection wait to be read
   */
  AnonymousConnections(EdgeLimits limits, Predicate<Connection<?>> hasUnread) {
    this.limits = limits;
    this.hasUnread = hasUnread;
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

  /**
   * Removes and returns the connections beyond the bound of those past their grace. One whose user
   * is being looked up waits for this process, and is within the larger bound.
   */
  synchronized List<Entry> crowding(long now) {
    long settled =
        open.values().stream()
            .filter(entry -> now - entry.sinceNanos() >= GRACE_NANOS)
            .filter(entry -> !UnixConnection.isLookingUp(entry.connection()))
            .count();
    List<Entry> evicted = new ArrayList<>();
    for (long i = settled; i > limits.anonymous(); i--) {
      evicted.add(evict());
    }
    return evicted;
  }

  synchronized int size() {
    return open.size();
  }

  /** Insertion order is age. */
  private Entry evict() {
    String peer =
        byPeer.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    Entry victim = null;
    int probes = 0;
    for (Entry entry : open.values()) {
      if (!entry.peer().equals(peer)) {
        continue;
      }
      victim = victim == null ? entry : victim;
      if (!hasUnread.test(entry.connection())) {
        victim = entry;
        break;
      }
      if (++probes == MAX_PROBES) {
        break;
      }
    }
    remove(victim.connection());
    return victim;
  }
}

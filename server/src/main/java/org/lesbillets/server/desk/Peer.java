package org.lesbillets.server.desk;

/** The other end of a requester's connection, for liveness probes. Any thread. */
public interface Peer {
  /** Nanoseconds since something arrived from it. */
  long quietNanos();

  /**
   * Pings it, without blocking.
   *
   * @param onArrival callback, run once when something arrives from it, on any thread; must not
   *     block, and replaces an earlier one
   */
  void probe(Runnable onArrival);
}

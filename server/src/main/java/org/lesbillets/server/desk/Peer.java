package org.lesbillets.server.desk;

/** The other end of a requester's connection: whether it is still there. Any thread. */
public interface Peer {
  /** For how long nothing arrived from it, in nanoseconds. */
  long quietNanos();

  /**
   * Asks it for a sign of life, without waiting.
   *
   * @param onArrival run once when something arrives from it, on any thread; it must not block, and
   *     replaces one that was given before
   */
  void probe(Runnable onArrival);
}

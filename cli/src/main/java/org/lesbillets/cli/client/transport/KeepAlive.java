package org.lesbillets.cli.client.transport;

import java.time.Duration;

/**
 * The rhythm of a {@link Heartbeat}. Immutable.
 *
 * @param pingEvery between two ping frames; more than zero
 * @param silenceLimit of a peer, after which the connection is closed; more than {@code pingEvery}
 */
public record KeepAlive(Duration pingEvery, Duration silenceLimit) {
  /**
   * For a connection that another can replace at no cost. Quicker than the protocol demands, so
   * that a person sees within 12 s that nothing arrives any more, and a network that was down for
   * longer is found by a new connection instead of the ever rarer retransmissions of TCP.
   */
  public static final KeepAlive STANDARD =
      new KeepAlive(Duration.ofSeconds(4), Duration.ofSeconds(10));

  /**
   * For a connection whose loss costs a place in a wait queue, or much that is in flight on a slow
   * network: closed no earlier than the server closes it.
   */
  public static final KeepAlive PATIENT =
      new KeepAlive(Duration.ofSeconds(4), Duration.ofSeconds(25));

  public KeepAlive {
    if (pingEvery.isNegative() || pingEvery.isZero() || silenceLimit.compareTo(pingEvery) <= 0) {
      throw new IllegalArgumentException(
          "a peer pinged every " + pingEvery + " cannot be cut after " + silenceLimit);
    }
  }
}

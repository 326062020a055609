package org.lesbillets.cli.client.transport;

import java.time.Duration;

/**
 * How a long-lived connection finds out that its peer is gone.
 *
 * @param pingEvery between two ping frames; more than zero
 * @param silenceLimit a peer that said nothing for so long is cut; more than {@code pingEvery}
 */
public record KeepAlive(Duration pingEvery, Duration silenceLimit) {
  /**
   * For a connection that another can replace at no cost. Quicker than the protocol asks for, so
   * that a person sees within 12 s that nothing arrives any more, and a network that was away for
   * longer than this is not found again by the ever rarer retransmissions of TCP.
   */
  public static final KeepAlive STANDARD =
      new KeepAlive(Duration.ofSeconds(4), Duration.ofSeconds(10));

  /**
   * For a connection that is lost with a place in a wait queue, or with much that is on its way
   * over a slow line: cut no earlier than the server cuts.
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

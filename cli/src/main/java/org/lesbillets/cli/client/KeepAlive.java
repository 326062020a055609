package org.lesbillets.cli.client;

import java.time.Duration;

/**
 * How a long-lived connection finds out that its peer is gone.
 *
 * @param pingEvery between two ping frames; more than zero
 * @param silenceLimit a peer that said nothing for so long is cut; more than {@code pingEvery}
 */
public record KeepAlive(Duration pingEvery, Duration silenceLimit) {
  /** What the protocol asks for: pings every 10 s, cut after 25 s of silence. */
  public static final KeepAlive STANDARD =
      new KeepAlive(Duration.ofSeconds(10), Duration.ofSeconds(25));

  public KeepAlive {
    if (pingEvery.isNegative() || pingEvery.isZero() || silenceLimit.compareTo(pingEvery) <= 0) {
      throw new IllegalArgumentException(
          "a peer pinged every " + pingEvery + " cannot be cut after " + silenceLimit);
    }
  }
}

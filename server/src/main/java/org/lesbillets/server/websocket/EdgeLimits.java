package org.lesbillets.server.websocket;

import java.time.Duration;

/**
 * Bounds and timeouts of connections, before and beside their sessions. Immutable.
 *
 * @param anonymous bound of the connections without a session that are older than 250 ms
 * @param anonymousInAll bound of the connections without a session, of any age
 * @param handshake timeout from the accept of a connection to its session; nothing extends it
 */
public record EdgeLimits(int anonymous, int anonymousInAll, Duration handshake) {

  /** The values of docs/operations.md. */
  public static final EdgeLimits DEFAULT = new EdgeLimits(64, 512, Duration.ofSeconds(5));
}

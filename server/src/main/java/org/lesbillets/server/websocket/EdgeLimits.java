package org.lesbillets.server.websocket;

import java.time.Duration;

/**
 * Bounds and timeouts of connections, before and beside their sessions. Immutable.
 *
 * @param anonymous bound of the connections without a session that are older than 250 ms
 * @param anonymousInAll bound of the connections without a session, of any age
 * @param handshake timeout from the accept of a connection to its session; nothing extends it
 * @param failures of authentication a second by one peer, beyond which they are refused unexamined
 * @param failuresInAll the same, of all peers together
 * @param unfinishedPerToken bound of the bytes in incomplete messages of one token's sessions
 * @param unfinishedInAll the same, of all sessions together
 * @param unfinishedFor timeout of a message from its first byte to its last
 */
public record EdgeLimits(
    int anonymous,
    int anonymousInAll,
    Duration handshake,
    int failures,
    int failuresInAll,
    long unfinishedPerToken,
    long unfinishedInAll,
    Duration unfinishedFor) {

  private static final long MEBIBYTE = 1024 * 1024;

  /**
   * These bounds, with at most an eighth of the descriptors for connections without a session.
   *
   * @param descriptors available for connections
   */
  public EdgeLimits within(long descriptors) {
    return new EdgeLimits(
        (int) Math.max(1, Math.min(anonymous, descriptors / 16)),
        (int) Math.max(1, Math.min(anonymousInAll, descriptors / 8)),
        handshake,
        failures,
        failuresInAll,
        unfinishedPerToken,
        unfinishedInAll,
        unfinishedFor);
  }

  /** The values of docs/operations/limits.md. */
  public static final EdgeLimits DEFAULT =
      new EdgeLimits(
          64,
          2_048,
          Duration.ofSeconds(5),
          10,
          50,
          4 * MEBIBYTE,
          64 * MEBIBYTE,
          Duration.ofSeconds(30));
}

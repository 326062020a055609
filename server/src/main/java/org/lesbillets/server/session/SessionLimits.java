package org.lesbillets.server.session;

import java.time.Duration;

/**
 * What a session may cost.
 *
 * @param outboxBytes how much personal matter may wait for it
 * @param stall how long a write may make no progress before the session is cut
 * @param pingEvery how often the peer is asked whether it is there
 * @param silence how long a peer may send nothing at all before the session is cut
 * @param unanswered how many of its requests may be under way
 */
public record SessionLimits(
    long outboxBytes, Duration stall, Duration pingEvery, Duration silence, int unanswered) {

  /** The figures the protocol promises. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(
          1024 * 1024, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(25), 256);
}

package org.lesbillets.server.session;

import java.time.Duration;
import org.lesbillets.model.wire.WireLimits;

/**
 * What a session may cost.
 *
 * @param outboxBytes how much personal matter may wait for it
 * @param stall how long a write may make no progress before the session is cut
 * @param pingEvery how often the peer is asked whether it is there
 * @param silence how long a peer may send nothing at all before the session is cut
 * @param unanswered how many of its requests may be under way
 * @param positionEvery how often a watch with a query is told how far the journal went
 * @param arrival how long a connection may take to ask for something, and then to ask again
 */
public record SessionLimits(
    long outboxBytes,
    Duration stall,
    Duration pingEvery,
    Duration silence,
    int unanswered,
    Duration positionEvery,
    Duration arrival) {

  /** The figures the protocol promises. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(
          1024 * 1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          WireLimits.UNANSWERED_REQUESTS,
          Duration.ofSeconds(5),
          Duration.ofSeconds(5));
}

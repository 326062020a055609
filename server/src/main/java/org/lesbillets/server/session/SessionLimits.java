package org.lesbillets.server.session;

import java.time.Duration;
import org.lesbillets.model.WireLimits;

/**
 * Bounds and timeouts of a session. Immutable.
 *
 * @param outboxBytes bound of its outbox
 * @param stall timeout of a write without progress; the session is cut then
 * @param pingEvery ping interval
 * @param silence timeout of a peer that sends nothing; the session is cut then
 * @param unanswered bound of its unanswered requests
 * @param positionEvery interval of Position messages to a watch with a query
 */
public record SessionLimits(
    long outboxBytes,
    Duration stall,
    Duration pingEvery,
    Duration silence,
    int unanswered,
    Duration positionEvery) {

  /** The values that the protocol promises. */
  public static final SessionLimits DEFAULT =
      new SessionLimits(
          1024 * 1024,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(25),
          WireLimits.UNANSWERED_REQUESTS,
          Duration.ofSeconds(5));
}

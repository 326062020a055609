package org.lesbillets.model.rules;

import org.lesbillets.model.AgentName;

/**
 * How a lock ended, for refusals that name its token. Immutable.
 *
 * @param by the agent that ended it, or null when its lease expired
 * @param reason of that agent, or null
 */
public record LockEnd(How how, AgentName by, String reason) {
  /** The ways a lock can end. */
  public enum How {
    RELEASED,
    EXPIRED,
    FORCED,
    STOLEN
  }
}

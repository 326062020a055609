package org.lesbillets.model.rules;

import org.lesbillets.model.AgentName;

/**
 * How a lock ended, for whoever still names its token.
 *
 * @param how it ended
 * @param by whom, or null when its time was over
 * @param reason they gave, or null
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

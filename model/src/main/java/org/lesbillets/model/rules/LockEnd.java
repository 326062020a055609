package org.lesbillets.model.rules;

import org.lesbillets.model.AgentName;
import org.lesbillets.model.event.WireEvent;

/**
 * How a lock ended, for refusals that name its token. Immutable.
 *
 * @param by the agent that ended it, or null when its lease expired
 * @param reason of that agent, or null
 */
public record LockEnd(How how, AgentName by, String reason) {
  public enum How {
    RELEASED,
    EXPIRED,
    FORCED,
    STOLEN
  }

  /** The end that {@code event} made of the lock held before it. */
  public static LockEnd by(WireEvent event) {
    if (event instanceof WireEvent.TicketLocked theft) {
      return new LockEnd(How.STOLEN, theft.by(), theft.reason());
    }
    if (event instanceof WireEvent.TicketUnlocked end) {
      How how =
          switch (end.reason()) {
            case RELEASED -> How.RELEASED;
            case EXPIRED -> How.EXPIRED;
            case FORCED -> How.FORCED;
          };
      return new LockEnd(how, end.by(), end.note());
    }
    return new LockEnd(How.RELEASED, event.by(), null);
  }
}

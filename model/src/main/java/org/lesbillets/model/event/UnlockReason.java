package org.lesbillets.model.event;

import org.lesbillets.model.WireNamed;

/** Cause of the end of a lock, other than a change that released it or a steal. */
public enum UnlockReason implements WireNamed {
  RELEASED,
  EXPIRED,
  FORCED
}

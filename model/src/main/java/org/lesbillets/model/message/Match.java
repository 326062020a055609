package org.lesbillets.model.message;

import org.lesbillets.model.WireNamed;

/** The relation of an event's ticket to a watch's query, before and after the event. */
public enum Match implements WireNamed {
  ENTERED,
  STAYS,
  LEFT;

  /** The transition from {@code before} to {@code after}; null if neither matches. */
  public static Match of(boolean before, boolean after) {
    if (after) {
      return before ? STAYS : ENTERED;
    }
    return before ? LEFT : null;
  }
}

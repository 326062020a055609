package org.lesbillets.model.message;

import org.lesbillets.model.WireNamed;

/** The relation of an event's ticket to a watch's query, before and after the event. */
public enum Match implements WireNamed {
  ENTERED("entered"),
  STAYS("stays"),
  LEFT("left");

  private final String wireName;

  Match(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }

  /** The transition from {@code before} to {@code after}; null if neither matches. */
  public static Match of(boolean before, boolean after) {
    if (after) {
      return before ? STAYS : ENTERED;
    }
    return before ? LEFT : null;
  }
}

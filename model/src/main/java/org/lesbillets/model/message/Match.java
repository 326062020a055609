package org.lesbillets.model.message;

/** How an event's ticket stands to the query of a watch, before and after the event. */
public enum Match {
  ENTERED("entered"),
  STAYS("stays"),
  LEFT("left");

  private final String wireName;

  Match(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire. */
  public String wireName() {
    return wireName;
  }

  /** How a ticket that matched {@code before} and matches {@code after} stands; null for never. */
  public static Match of(boolean before, boolean after) {
    if (after) {
      return before ? STAYS : ENTERED;
    }
    return before ? LEFT : null;
  }
}

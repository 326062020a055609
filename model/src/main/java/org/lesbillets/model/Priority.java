package org.lesbillets.model;

/** The urgency of a ticket, in rising order. Immutable; any thread. */
public enum Priority implements WireNamed {
  LOW("low"),
  NORMAL("normal"),
  HIGH("high"),
  URGENT("urgent");

  private final String wireName;

  Priority(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}

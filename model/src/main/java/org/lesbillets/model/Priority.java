package org.lesbillets.model;

/** How much a ticket matters, in rising order. */
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

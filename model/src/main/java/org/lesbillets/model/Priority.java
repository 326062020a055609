package org.lesbillets.model;

/** How much a ticket matters, in rising order. */
public enum Priority {
  LOW("low"),
  NORMAL("normal"),
  HIGH("high"),
  URGENT("urgent");

  private final String wireName;

  Priority(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire and in the query language. */
  public String wireName() {
    return wireName;
  }
}

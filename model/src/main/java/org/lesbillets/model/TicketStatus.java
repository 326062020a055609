package org.lesbillets.model;

/** The status of a ticket, which is independent of its lock: a lock is not a status. Immutable. */
public enum TicketStatus implements WireNamed {
  OPEN("open"),
  CLOSED("closed");

  private final String wireName;

  TicketStatus(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}

package org.lesbillets.model;

/** What is true of a ticket whether or not somebody holds its lock: a lock is not a status. */
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

package org.lesbillets.model;

/** What is true of a ticket whether or not somebody holds its lock: a lock is not a status. */
public enum TicketStatus {
  OPEN("open"),
  CLOSED("closed");

  private final String wireName;

  TicketStatus(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire and in the query language. */
  public String wireName() {
    return wireName;
  }
}

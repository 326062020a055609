package org.lesbillets.model;

/** The fields of a ticket that an update can change. */
public enum TicketField {
  TITLE("title"),
  DESCRIPTION("description"),
  STATUS("status"),
  PRIORITY("priority"),
  ASSIGNEE("assignee"),
  REQUESTER("requester"),
  REFERENCE("reference"),
  TAGS("tags");

  private final String wireName;

  TicketField(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire and in output. */
  public String wireName() {
    return wireName;
  }
}

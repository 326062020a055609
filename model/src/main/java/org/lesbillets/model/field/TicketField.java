package org.lesbillets.model.field;

import java.util.EnumSet;
import java.util.List;

/** The fields of a ticket that an update can change. */
public enum TicketField {
  TITLE("title"),
  DESCRIPTION("description"),
  STATUS("status"),
  PRIORITY("priority"),
  ASSIGNEE("assignee"),
  REQUESTER("requester"),
  REFERENCE("reference"),
  TAGS("tags"),
  ATTEMPTS("attempts");

  /** The fields of {@link TicketContent}: what people write. */
  public static final List<TicketField> CONTENT =
      List.copyOf(EnumSet.complementOf(EnumSet.of(ATTEMPTS)));

  private final String wireName;

  TicketField(String wireName) {
    this.wireName = wireName;
  }

  /** The name on the wire and in output. */
  public String wireName() {
    return wireName;
  }
}

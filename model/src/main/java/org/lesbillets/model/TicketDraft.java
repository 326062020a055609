package org.lesbillets.model;

import java.util.List;
import java.util.Objects;
import org.lesbillets.model.field.TicketContent;

/**
 * What somebody gives to create a ticket; the bounds are those of {@link TicketContent}.
 *
 * @param description "" when there is none
 * @param tags each once
 */
public record TicketDraft(
    String title,
    String description,
    Priority priority,
    AgentName assignee,
    String requester,
    String reference,
    List<String> tags) {

  public TicketDraft {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(priority, "priority");
    tags = List.copyOf(tags);
  }

  /** A draft of normal priority with nothing but a title. */
  public static TicketDraft titled(String title) {
    return new TicketDraft(title, "", Priority.NORMAL, null, null, null, List.of());
  }

  /** The content of a ticket just opened from this draft. */
  public TicketContent opened() {
    return new TicketContent(
        title, description, TicketStatus.OPEN, priority, assignee, requester, reference, tags);
  }
}

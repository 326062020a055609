package org.lesbillets.model;

import java.util.List;

/**
 * What an update asks for: null leaves a field as it is. The bounds are those of {@link
 * TicketContent}.
 *
 * @param addTags tags to add; one that is there already changes nothing
 * @param removeTags tags to take away; one that is not there changes nothing
 */
public record TicketPatch(
    String title,
    String description,
    TicketStatus status,
    Priority priority,
    NewValue<AgentName> assignee,
    NewValue<String> requester,
    NewValue<String> reference,
    List<String> addTags,
    List<String> removeTags) {

  /** The patch that changes nothing. */
  public static final TicketPatch NOTHING =
      new TicketPatch(null, null, null, null, null, null, null, List.of(), List.of());

  public TicketPatch {
    addTags = List.copyOf(addTags);
    removeTags = List.copyOf(removeTags);
  }

  /** Closes or reopens, and nothing else. */
  public static TicketPatch status(TicketStatus status) {
    return new TicketPatch(null, null, status, null, null, null, null, List.of(), List.of());
  }

  /** Gives another title, and nothing else. */
  public static TicketPatch title(String title) {
    return new TicketPatch(title, null, null, null, null, null, null, List.of(), List.of());
  }

  /** Sets the priority, and nothing else. */
  public static TicketPatch priority(Priority priority) {
    return new TicketPatch(null, null, null, priority, null, null, null, List.of(), List.of());
  }

  /**
   * Assigns, and nothing else.
   *
   * @param assignee null for nobody
   */
  public static TicketPatch assignee(AgentName assignee) {
    NewValue<AgentName> value = new NewValue<>(assignee);
    return new TicketPatch(null, null, null, null, value, null, null, List.of(), List.of());
  }

  /** Adds and removes tags, and nothing else. */
  public static TicketPatch tags(List<String> add, List<String> remove) {
    return new TicketPatch(null, null, null, null, null, null, null, add, remove);
  }

  /**
   * Whether this names nothing but tags: changes of tags commute, and so need no lock. True too of
   * a patch that names nothing.
   */
  public boolean tagsOnly() {
    return title == null
        && description == null
        && status == null
        && priority == null
        && assignee == null
        && requester == null
        && reference == null;
  }
}

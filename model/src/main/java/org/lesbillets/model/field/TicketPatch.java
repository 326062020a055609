package org.lesbillets.model.field;

import java.util.List;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.NewValue;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketStatus;

/**
 * What an update asks for: null leaves a field as it is. The bounds are those of {@link
 * TicketContent}.
 *
 * @param attempts 0 to 10^6
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
    Long attempts,
    List<String> addTags,
    List<String> removeTags) {

  /** The patch that changes nothing. */
  public static final TicketPatch NOTHING =
      new TicketPatch(null, null, null, null, null, null, null, List.of(), List.of());

  public TicketPatch {
    addTags = List.copyOf(addTags);
    removeTags = List.copyOf(removeTags);
  }

  /** A patch of what people write, which leaves the attempts alone. */
  public TicketPatch(
      String title,
      String description,
      TicketStatus status,
      Priority priority,
      NewValue<AgentName> assignee,
      NewValue<String> requester,
      NewValue<String> reference,
      List<String> addTags,
      List<String> removeTags) {
    this(
        title,
        description,
        status,
        priority,
        assignee,
        requester,
        reference,
        null,
        addTags,
        removeTags);
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

  /** Sets the count of attempts, and nothing else. */
  public static TicketPatch attempts(long attempts) {
    return new TicketPatch(
        null, null, null, null, null, null, null, attempts, List.of(), List.of());
  }

  /**
   * Whether this names nothing but tags and attempts: such changes need no lock. True too of a
   * patch that names nothing.
   */
  public boolean needsNoLock() {
    return title == null
        && description == null
        && status == null
        && priority == null
        && assignee == null
        && requester == null
        && reference == null;
  }
}

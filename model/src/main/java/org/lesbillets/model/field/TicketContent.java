package org.lesbillets.model.field;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketStatus;

/**
 * What people write into a ticket, and what an update can change.
 *
 * @param title one line, 1 to 200 code points
 * @param description at most 64 KiB of UTF-8, "" when there is none; null only in a ticket as an
 *     event tells it that leaves the description out
 * @param assignee who is to do it, or null
 * @param requester who asked, or null; at most 200 code points
 * @param reference a mail, a call, a URL, or null; at most 200 code points
 * @param tags at most 20 of at most 40 code points, each once, in the order they were added
 */
public record TicketContent(
    String title,
    String description,
    TicketStatus status,
    Priority priority,
    AgentName assignee,
    String requester,
    String reference,
    List<String> tags) {

  public TicketContent {
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(priority, "priority");
    tags = List.copyOf(tags);
  }

  /** This content with {@code description} in place of its own. */
  public TicketContent withDescription(String description) {
    return new TicketContent(
        title, description, status, priority, assignee, requester, reference, tags);
  }

  /** This content with {@code assignee} in place of its own. */
  public TicketContent withAssignee(AgentName assignee) {
    return new TicketContent(
        title, description, status, priority, assignee, requester, reference, tags);
  }

  /** This content after {@code patch}. */
  public TicketContent patched(TicketPatch patch) {
    return new TicketContent(
        patch.title() == null ? title : patch.title(),
        patch.description() == null ? description : patch.description(),
        patch.status() == null ? status : patch.status(),
        patch.priority() == null ? priority : patch.priority(),
        patch.assignee() == null ? assignee : patch.assignee().orNull(),
        patch.requester() == null ? requester : patch.requester().orNull(),
        patch.reference() == null ? reference : patch.reference().orNull(),
        retagged(patch));
  }

  private List<String> retagged(TicketPatch patch) {
    Set<String> result = new LinkedHashSet<>(tags);
    result.addAll(patch.addTags());
    patch.removeTags().forEach(result::remove);
    return List.copyOf(result);
  }

  /** What differs between {@code before} and this, in the order of {@link TicketField}. */
  public List<FieldChange> changesSince(TicketContent before) {
    List<FieldChange> changes = new ArrayList<>();
    replaced(changes, TicketField.TITLE, before.title, title);
    if (!Objects.equals(before.description, description)) {
      changes.add(new FieldChange.Rewritten());
    }
    replaced(changes, TicketField.STATUS, before.status.wireName(), status.wireName());
    replaced(changes, TicketField.PRIORITY, before.priority.wireName(), priority.wireName());
    replaced(changes, TicketField.ASSIGNEE, text(before.assignee), text(assignee));
    replaced(changes, TicketField.REQUESTER, before.requester, requester);
    replaced(changes, TicketField.REFERENCE, before.reference, reference);
    if (!before.tags.equals(tags)) {
      changes.add(new FieldChange.Retagged(before.tags, tags));
    }
    return List.copyOf(changes);
  }

  private static void replaced(
      List<FieldChange> changes, TicketField field, String from, String to) {
    if (!Objects.equals(from, to)) {
      changes.add(new FieldChange.Replaced(field, from, to));
    }
  }

  private static String text(AgentName name) {
    return name == null ? null : name.value();
  }
}

package org.lesbillets.model.field;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.lesbillets.model.AgentName;
import org.lesbillets.model.Priority;
import org.lesbillets.model.TicketStatus;

/**
 * The value of every {@link TicketField} of one ticket: a type-safe heterogeneous map, kept in an
 * array by the index of the field, up to the last one that says something. Only the description may
 * be null against its type, in a ticket whose event left it out.
 *
 * <p>Immutable; any thread. Tickets share it between snapshots (persistent data structure).
 */
public final class TicketContent {
  private static final Object[] NOTHING = nothing();

  /** An open ticket of normal priority that says nothing. */
  public static final TicketContent EMPTY = of(NOTHING);

  /** Without the empty values at its end. */
  private final Object[] values;

  private TicketContent(Object[] values) {
    this.values = values;
  }

  private static Object[] nothing() {
    Object[] values = new Object[TicketField.ALL.size()];
    for (TicketField<?> field : TicketField.ALL) {
      values[field.index()] = field.type().empty();
    }
    return values;
  }

  /**
   * @param values one for each field
   */
  private static TicketContent of(Object[] values) {
    int length = values.length;
    while (length > 0 && Objects.equals(values[length - 1], NOTHING[length - 1])) {
      length--;
    }
    return new TicketContent(Arrays.copyOf(values, length));
  }

  /** A copy with one for each field. */
  private Object[] all() {
    Object[] all = NOTHING.clone();
    System.arraycopy(values, 0, all, 0, values.length);
    return all;
  }

  /** A new ticket with nothing but a title. */
  public static TicketContent titled(String title) {
    return EMPTY.with(TicketField.TITLE, title);
  }

  /** Mutable builder of a content; for one thread, and one {@link #build}. */
  public static final class Builder {
    private final Object[] values;

    private Builder(Object[] values) {
      this.values = values;
    }

    public <T> Builder set(TicketField<T> field, T value) {
      values[field.index()] = kept(field, value);
      return this;
    }

    public TicketContent build() {
      return of(values);
    }
  }

  private static <T> Object kept(TicketField<T> field, T value) {
    if (value == null) {
      if (field.type().empty() != null && field != TicketField.DESCRIPTION) {
        throw new NullPointerException(field.wireName());
      }
      return null;
    }
    return field.type().kept(value);
  }

  /** A builder that begins with these values. */
  public Builder change() {
    return new Builder(all());
  }

  @SuppressWarnings("unchecked")
  public <T> T get(TicketField<T> field) {
    return (T) value(field);
  }

  private Object value(TicketField<?> field) {
    int index = field.index();
    return index < values.length ? values[index] : NOTHING[index];
  }

  /** This with another value in one field. */
  public <T> TicketContent with(TicketField<T> field, T value) {
    return change().set(field, value).build();
  }

  /** This with the value that another content has in one field. */
  public <T> TicketContent copying(TicketField<T> field, TicketContent other) {
    return with(field, other.get(field));
  }

  /** Whether both have the same value in a field. */
  public boolean agrees(TicketContent other, TicketField<?> field) {
    return Objects.equals(value(field), other.value(field));
  }

  /** Whether a field has the value it had before anything was filled in. */
  public boolean isEmpty(TicketField<?> field) {
    return agrees(EMPTY, field);
  }

  /** The text form of a value; null where there is none. */
  public <T> String text(TicketField<T> field) {
    T value = get(field);
    return value == null ? null : field.type().text(value);
  }

  /** This after {@code patch}. */
  public TicketContent patched(TicketPatch patch) {
    Object[] changed = all();
    patch.values().forEach((field, value) -> changed[field.index()] = value);
    if (!patch.addTags().isEmpty() || !patch.removeTags().isEmpty()) {
      changed[TicketField.TAGS.index()] = retagged(patch);
    }
    return of(changed);
  }

  private List<String> retagged(TicketPatch patch) {
    Set<String> tags = new LinkedHashSet<>(tags());
    tags.addAll(patch.addTags());
    patch.removeTags().forEach(tags::remove);
    return List.copyOf(tags);
  }

  /** What people have written; what else a ticket counts is as in {@link #EMPTY}. */
  public TicketContent edited() {
    TicketContent edited = EMPTY;
    for (TicketField<?> field : TicketField.EDITED) {
      edited = edited.copying(field, this);
    }
    return edited;
  }

  /** What differs between {@code before} and this, in the order of {@link TicketField#ALL}. */
  public List<FieldChange> changesSince(TicketContent before) {
    List<FieldChange> changes = new ArrayList<>();
    for (TicketField<?> field : TicketField.ALL) {
      if (!agrees(before, field)) {
        changes.add(change(field, before));
      }
    }
    return List.copyOf(changes);
  }

  private FieldChange change(TicketField<?> field, TicketContent before) {
    if (field == TicketField.TAGS) {
      return new FieldChange.Retagged(before.tags(), tags());
    }
    return field == TicketField.DESCRIPTION
        ? new FieldChange.Rewritten()
        : new FieldChange.Replaced(field, before.text(field), text(field));
  }

  /** One line. */
  public String title() {
    return get(TicketField.TITLE);
  }

  /** Null in a ticket whose event left it out. */
  public String description() {
    return get(TicketField.DESCRIPTION);
  }

  public TicketStatus status() {
    return get(TicketField.STATUS);
  }

  public Priority priority() {
    return get(TicketField.PRIORITY);
  }

  /** The agent who is to do it, or null. */
  public AgentName assignee() {
    return get(TicketField.ASSIGNEE);
  }

  /** The person who asked, or null. */
  public String requester() {
    return get(TicketField.REQUESTER);
  }

  /** A mail, a call, a URL, or null. */
  public String reference() {
    return get(TicketField.REFERENCE);
  }

  /** Each once, in the order they were added. */
  public List<String> tags() {
    return get(TicketField.TAGS);
  }

  /** How many claims failed or expired since the count was last set. */
  public long attempts() {
    return get(TicketField.ATTEMPTS);
  }

  /** Until when the ticket is asleep, or null. */
  public Instant wakeAt() {
    return get(TicketField.WAKE_AT);
  }

  /** What it was raised under, or null. */
  public String key() {
    return get(TicketField.KEY);
  }

  /** This content with {@code description} in place of its own. */
  public TicketContent withDescription(String description) {
    return with(TicketField.DESCRIPTION, description);
  }

  /** This content with {@code assignee} in place of its own. */
  public TicketContent withAssignee(AgentName assignee) {
    return with(TicketField.ASSIGNEE, assignee);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TicketContent content && Arrays.equals(values, content.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return Arrays.toString(all());
  }
}

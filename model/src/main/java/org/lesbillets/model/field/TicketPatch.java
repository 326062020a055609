package org.lesbillets.model.field;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The delta of an update: new values of some fields, and tags to add and to remove. Other fields
 * stay as they are, so that concurrent updates of different fields do not overwrite each other.
 * Immutable; any thread.
 *
 * @param values by field; one that is cleared has the empty value of its type, which may be null
 * @param addTags tags to add; one that is there already changes nothing
 * @param removeTags tags to remove; one that is not there changes nothing
 */
public record TicketPatch(
    Map<TicketField<?>, Object> values, List<String> addTags, List<String> removeTags) {

  /** The patch that changes nothing. */
  public static final TicketPatch NOTHING = new TicketPatch(Map.of(), List.of(), List.of());

  public TicketPatch {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    addTags = List.copyOf(addTags);
    removeTags = List.copyOf(removeTags);
  }

  /** A new value for one field. */
  public static <T> TicketPatch of(TicketField<T> field, T value) {
    return NOTHING.with(field, value);
  }

  /**
   * This with a new value for one more field.
   *
   * @param value null to clear it
   * @throws IllegalArgumentException if the field cannot be cleared, or is that of the tags
   */
  public <T> TicketPatch with(TicketField<T> field, T value) {
    if (field == TicketField.TAGS) {
      throw new IllegalArgumentException("tags are added and removed");
    }
    if (value == null && !field.type().isClearable()) {
      throw new IllegalArgumentException(field + " cannot be cleared");
    }
    Map<TicketField<?>, Object> more = new LinkedHashMap<>(values);
    more.put(field, value == null ? field.type().empty() : field.type().kept(value));
    return new TicketPatch(more, addTags, removeTags);
  }

  /** This with a new value for one more field, unless that is null. */
  public <T> TicketPatch withIfAny(TicketField<T> field, T value) {
    return value == null ? this : with(field, value);
  }

  /** This with the value that {@code content} has in one more field. */
  public <T> TicketPatch copying(TicketField<T> field, TicketContent content) {
    return with(field, content.get(field));
  }

  public TicketPatch withTags(List<String> add, List<String> remove) {
    return new TicketPatch(values, add, remove);
  }

  /** Whether it gives a field a new value, or clears it. */
  public boolean has(TicketField<?> field) {
    return values.containsKey(field);
  }

  /** The new value of a field; null if it has none, or is cleared. */
  @SuppressWarnings("unchecked")
  public <T> T get(TicketField<T> field) {
    return (T) values.get(field);
  }

  /** The text form of the new value of a field; null as with {@link #get}. */
  public <T> String text(TicketField<T> field) {
    T value = get(field);
    return value == null ? null : field.type().text(value);
  }

  /** Whether it changes nothing, whatever the ticket. */
  public boolean isNothing() {
    return values.isEmpty() && addTags.isEmpty() && removeTags.isEmpty();
  }

  /**
   * Whether all its changes commute with concurrent ones, and so need no lock. True too of a patch
   * that names nothing.
   */
  public boolean needsNoLock() {
    for (TicketField<?> field : values.keySet()) {
      if (field.needsLock()) {
        return false;
      }
    }
    return true;
  }
}

package org.lesbillets.model.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Some fields of each ticket of a list, as a {@link Projection} chose them. Immutable; any thread.
 *
 * @param fields their names, in the order of the wire
 */
public record ListedFields(List<String> fields, List<Row> rows) {
  public ListedFields {
    fields = List.copyOf(fields);
    rows = List.copyOf(rows);
  }

  /**
   * The fields of one ticket. Not a ticket: what is left out is unknown, not empty.
   *
   * @param values by the field's name, in the order of the wire: texts, Longs, Booleans, lists of
   *     texts, a map of those for a lock, and null for what is empty
   */
  public record Row(Map<String, Object> values) {
    public Row {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The number of the ticket, which is in every row. */
    public long number() {
      return integer("number");
    }

    /** A text by its field's name; null where it is empty or left out. */
    public String text(String name) {
      return values.get(name) instanceof String text ? text : null;
    }

    /** An integer by its field's name; 0 where it is left out. */
    public long integer(String name) {
      return values.get(name) instanceof Long integer ? integer : 0;
    }

    /** The texts of a list by its field's name; none where it is left out. */
    public List<String> texts(String name) {
      return values.get(name) instanceof List<?> list
          ? list.stream().map(String::valueOf).toList()
          : List.of();
    }

    /** The values of its lock; null without one, and where it is left out. */
    @SuppressWarnings("unchecked")
    public Row lock() {
      return values.get("lock") instanceof Map<?, ?> lock
          ? new Row((Map<String, Object>) lock)
          : null;
    }
  }
}

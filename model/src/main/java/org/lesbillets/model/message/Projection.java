package org.lesbillets.model.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.query.Spelling;

/**
 * How much of each ticket a list has: the whole ticket, some of its fields, or nothing but the
 * number of tickets that match. Immutable; any thread.
 *
 * @param fields the names of the fields in the order of the wire, {@code id} and {@code number}
 *     always among them; null for all of the ticket
 * @param count whether there is only the number of tickets; not beside fields
 */
public record Projection(List<String> fields, boolean count) {
  /** Whole tickets. */
  public static final Projection WHOLE = new Projection(null, false);

  /** How many, and no ticket. */
  public static final Projection COUNT = new Projection(null, true);

  /** The names of all fields of a ticket, in the order of the wire. */
  public static final List<String> NAMES = names();

  public Projection {
    fields = fields == null ? null : List.copyOf(fields);
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("id", "number"));
    add(TicketField.BEFORE_STAMPS, names);
    names.addAll(List.of("createdAt", "createdBy", "updatedAt", "updatedBy"));
    add(TicketField.BEHIND_STAMPS, names);
    names.addAll(List.of("revision", "changedRevision", "commentCount", "lock"));
    return List.copyOf(names);
  }

  /** Without a lambda, whose class each list would load. */
  private static void add(List<TicketField<?>> fields, List<String> names) {
    for (TicketField<?> field : fields) {
      names.add(field.wireName());
    }
  }

  /**
   * These fields, with {@code id} and {@code number}.
   *
   * @param names in any order
   * @throws IllegalArgumentException if no field has one of these names; it says which is near
   */
  public static Projection of(List<String> names) {
    Set<String> wanted = new TreeSet<>(names);
    wanted.removeAll(NAMES);
    for (String name : wanted) {
      throw new IllegalArgumentException(Spelling.unknown("field", name, NAMES));
    }
    List<String> fields = new ArrayList<>();
    for (String name : NAMES) {
      if (fields.size() < 2 || names.contains(name)) {
        fields.add(name);
      }
    }
    return new Projection(fields, false);
  }
}

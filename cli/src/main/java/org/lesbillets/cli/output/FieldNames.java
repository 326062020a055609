package org.lesbillets.cli.output;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lesbillets.model.field.TicketField;
import org.lesbillets.model.query.Spelling;

/**
 * The fields that can be chosen as columns, by their names on the wire: a nested one by its path
 * ({@code lock.holder}), or by its last part where that is unambiguous. Immutable; any thread.
 */
public final class FieldNames {
  /** What happened, in words: the one value of an event that is not on the wire. */
  public static final String WHAT = "what";

  private static final String LOCK = "lock.";
  private static final String TICKET = "ticket.";

  /** Of a list of tickets or of locks. */
  public static final FieldNames OF_TICKETS = ofTickets();

  /** Of the events of a ticket. */
  public static final FieldNames OF_EVENTS = ofEvents();

  private final String what;
  private final Map<String, String> paths = new LinkedHashMap<>();

  private FieldNames(String what) {
    this.what = what;
  }

  private static FieldNames ofTickets() {
    FieldNames names = new FieldNames("a ticket");
    names.add(TicketFields.NAMES);
    names.abbreviate(LOCK);
    return names;
  }

  private static FieldNames ofEvents() {
    FieldNames names = new FieldNames("an event");
    names.add(List.of("revision", "previousRevision", "at", "by", "type", WHAT, "ticketId"));
    names.add(List.of("reason", "note", "changes"));
    for (TicketField<?> field : TicketField.ALL) {
      String change = "changes." + field.wireName();
      names.add(List.of(change, change + ".from", change + ".to"));
    }
    names.add(List.of("imported", "unlocked", "renewed", "claimed", "returned", "stolenFrom"));
    names.add(List.of("comment", "comment.id", "comment.at", "comment.by", "comment.text"));
    names.add(List.of("field", "commentId"));
    names.add(List.of("ended"));
    for (String field : TicketFields.NAMES) {
      if (field.startsWith(LOCK)) {
        names.add(List.of("ended." + field.substring(LOCK.length())));
      }
    }
    names.add(List.of("ticket"));
    TicketFields.NAMES.forEach(field -> names.add(List.of(TICKET + field)));
    names.abbreviate(TICKET);
    return names;
  }

  private void add(List<String> own) {
    own.forEach(name -> paths.put(name, name));
  }

  private void abbreviate(String prefix) {
    for (String path : List.copyOf(paths.values())) {
      if (path.startsWith(prefix)) {
        paths.putIfAbsent(path.substring(prefix.length()), path);
      }
    }
  }

  /** All that can be written, in order. */
  public List<String> all() {
    return List.copyOf(paths.keySet());
  }

  /**
   * The columns that are named between commas.
   *
   * @return what stands above each, with the path of its value; in order, one or more
   * @throws IllegalArgumentException if a name is unknown, missing, or there twice
   */
  public Map<String, String> chosen(String typed) {
    Map<String, String> chosen = new LinkedHashMap<>();
    for (String name : typed.split(",", -1)) {
      String path = path(name, typed);
      if (chosen.containsValue(path)) {
        throw new IllegalArgumentException("'" + name + "' is there twice: name each field once");
      }
      chosen.put(name, path);
    }
    return chosen;
  }

  private String path(String name, String typed) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          typed.isEmpty()
              ? "there is no name: write some with commas between, as in number,title"
              : "a name is missing beside a comma of '" + typed + "'");
    }
    String path = paths.get(name);
    if (path == null) {
      String near = nearest(name);
      throw new IllegalArgumentException(
          what
              + " has no field '"
              + name
              + "'"
              + (near == null ? "" : "; did you mean '" + near + "'?")
              + (near == null ? ": use some of " : " There are ")
              + String.join(", ", all()));
    }
    return path;
  }

  private String nearest(String name) {
    List<String> small = new ArrayList<>();
    all().forEach(known -> small.add(known.toLowerCase(Locale.ROOT)));
    String near = Spelling.nearest(name.strip().toLowerCase(Locale.ROOT), small);
    return near == null ? null : all().get(small.indexOf(near));
  }
}

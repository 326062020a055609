package org.lesbillets.cli.output;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.lesbillets.model.Ticket;
import org.lesbillets.model.field.FieldText;
import org.lesbillets.model.field.TicketField;

/**
 * The values of a ticket by their names on the wire; those of its lock as {@code lock.holder}.
 * Stateless.
 */
public final class TicketFields {
  /** All names, in the order they are printed. */
  public static final List<String> NAMES = names();

  private static List<String> names() {
    List<String> names = new ArrayList<>(List.of("id", "number"));
    TicketField.BEFORE_STAMPS.forEach(field -> names.add(field.wireName()));
    names.addAll(List.of("createdAt", "createdBy", "updatedAt", "updatedBy"));
    TicketField.BEHIND_STAMPS.forEach(field -> names.add(field.wireName()));
    names.addAll(List.of("revision", "changedRevision", "commentCount", "lock"));
    names.addAll(List.of("lock.holder", "lock.token", "lock.since", "lock.ttlMillis"));
    names.addAll(List.of("lock.expiresInMillis", "lock.note", "lock.client"));
    names.addAll(List.of("lock.claimed", "lock.returns", "lock.waiting"));
    return List.copyOf(names);
  }

  private TicketFields() {}

  /** The value of a field by its name; JSON null when there is none. */
  public static JsonElement value(Ticket ticket, String name) {
    return at(WireJson.ticket(ticket), name);
  }

  /** The value at a path; JSON null when there is none. */
  public static JsonElement at(JsonObject object, String path) {
    JsonElement value = object;
    for (String part : path.split("\\.")) {
      JsonElement inner = value.isJsonObject() ? value.getAsJsonObject().get(part) : null;
      value = inner == null ? JsonNull.INSTANCE : inner;
    }
    return value;
  }

  /** Name and bare text of each value; a list has an entry for each of its elements. */
  static List<Map.Entry<String, String>> flat(Ticket ticket) {
    List<Map.Entry<String, String>> entries = new ArrayList<>();
    flatten(entries, "", WireJson.ticket(ticket));
    return entries;
  }

  private static void flatten(
      List<Map.Entry<String, String>> entries, String prefix, JsonObject object) {
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      String name = prefix + entry.getKey();
      if (entry.getValue().isJsonObject()) {
        flatten(entries, name + ".", entry.getValue().getAsJsonObject());
      } else {
        bare(entry.getValue()).forEach(text -> entries.add(Map.entry(name, text)));
      }
    }
  }

  /** A value as one text: a list's elements as they stand in a line of {@code edit} or of CSV. */
  public static String column(JsonElement value) {
    List<String> texts = bare(value);
    return value.isJsonArray() ? FieldText.written(texts) : String.join("", texts);
  }

  /** The texts of a value: none for null, one for each element of a list. */
  public static List<String> bare(JsonElement value) {
    if (value.isJsonNull()) {
      return List.of();
    }
    if (value.isJsonArray()) {
      return value.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList();
    }
    return List.of(value.isJsonObject() ? WireJson.line(value) : value.getAsString());
  }
}

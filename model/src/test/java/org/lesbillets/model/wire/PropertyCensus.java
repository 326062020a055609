package org.lesbillets.model.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Walks examples along their schemas and notes which properties were there and which were not. */
@SuppressWarnings("unchecked")
final class PropertyCensus {
  private final AsyncApi api;
  private final Set<String> present = new TreeSet<>();
  private final Set<String> absent = new TreeSet<>();
  private final Set<String> optional = new TreeSet<>();
  private final Set<String> declared = new TreeSet<>();

  PropertyCensus(AsyncApi api) {
    this.api = api;
  }

  /** Notes the example of a component. */
  void count(String component, JsonElement example) {
    visit(component, api.mapAt("components/schemas/" + component), example);
  }

  private void visit(String place, Map<String, Object> schema, JsonElement example) {
    if (schema.get("$ref") instanceof String ref) {
      visit(ref.substring(ref.lastIndexOf('/') + 1), api.resolved(schema), example);
    } else if (schema.get("oneOf") instanceof List<?> branches) {
      branches.forEach(branch -> branch(place, (Map<String, Object>) branch, example));
    } else if (schema.get("anyOf") instanceof List<?> branches) {
      branches.forEach(branch -> branch(place, (Map<String, Object>) branch, example));
    } else if (example instanceof JsonArray array && schema.get("items") != null) {
      array.forEach(item -> visit(place, (Map<String, Object>) schema.get("items"), item));
    } else if (example instanceof JsonObject object && schema.get("properties") != null) {
      properties(place, schema, object);
    }
  }

  private void branch(String place, Map<String, Object> branch, JsonElement example) {
    Map<String, Object> resolved = api.resolved(branch);
    boolean other =
        example instanceof JsonObject object
            && resolved.get("properties") instanceof Map<?, ?> properties
            && properties.get("type") instanceof Map<?, ?> type
            && object.has("type")
            && !object.get("type").getAsString().equals(type.get("const"));
    if (!other) {
      visit(place, branch, example);
    }
  }

  private void properties(String place, Map<String, Object> schema, JsonObject example) {
    List<Object> required =
        schema.get("required") instanceof List<?> names ? List.copyOf(names) : List.of();
    Map<String, Object> properties = (Map<String, Object>) schema.get("properties");
    properties.forEach(
        (name, property) -> {
          String path = place + "." + name;
          declared.add(path);
          if (!required.contains(name)) {
            optional.add(path);
          }
          if (example.has(name)) {
            present.add(path);
            visit(path, (Map<String, Object>) property, example.get(name));
          } else {
            absent.add(path);
          }
        });
  }

  /** Declared, and in no example. */
  Set<String> neverPresent() {
    Set<String> never = new TreeSet<>(declared);
    never.removeAll(present);
    return never;
  }

  /** May be left out, and is in every example. */
  Set<String> neverAbsent() {
    Set<String> never = new TreeSet<>(optional);
    never.removeAll(absent);
    return never;
  }

  /** The components and inner objects that were walked. */
  Set<String> declared() {
    return declared;
  }
}

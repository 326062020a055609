package org.lesbillets.model.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The published description of the protocol. Its schemas allow readers to meet fields they do not
 * know; here they are closed, so that what is not described is not said.
 */
@SuppressWarnings("unchecked")
final class AsyncApi {
  private static final Path FILE = Path.of("../docs/asyncapi.yaml");
  private static final Gson GSON = new GsonBuilder().serializeNulls().create();

  private final Map<String, Object> document;
  private final Map<String, Schema> closed = new HashMap<>();

  private AsyncApi(Map<String, Object> document) {
    this.document = document;
  }

  static AsyncApi load() throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    return new AsyncApi(yaml.load(Files.readString(FILE)));
  }

  /** What stands at a path such as {@code components/schemas/Line/maxLength}. */
  Object at(String path) {
    Object place = document;
    for (String step : path.split("/")) {
      place = place instanceof Map<?, ?> map ? map.get(step) : null;
    }
    if (place == null) {
      throw new AssertionError("docs/asyncapi.yaml has nothing at " + path);
    }
    return place;
  }

  Map<String, Object> mapAt(String path) {
    return (Map<String, Object>) at(path);
  }

  /** What a {@code $ref}, or a chain of them, leads to; anything else is itself. */
  Map<String, Object> resolved(Map<String, Object> node) {
    Object ref = node.get("$ref");
    return ref == null ? node : resolved(mapAt(ref.toString().substring("#/".length())));
  }

  /** Every {@code $ref} there is. */
  List<String> refs() {
    List<String> refs = new ArrayList<>();
    collectRefs(document, refs);
    return refs;
  }

  private static void collectRefs(Object node, List<String> refs) {
    if (node instanceof Map<?, ?> map) {
      if (map.get("$ref") instanceof String ref) {
        refs.add(ref);
      }
      map.values().forEach(value -> collectRefs(value, refs));
    } else if (node instanceof List<?> list) {
      list.forEach(value -> collectRefs(value, refs));
    }
  }

  /** What {@code json} has against the closed schema of {@code type}; empty when it fits. */
  List<String> complaints(String type, String json) {
    return closed
        .computeIfAbsent(type, this::closedSchema)
        .validate(json, InputFormat.JSON)
        .stream()
        .map(Error::toString)
        .toList();
  }

  private Schema closedSchema(String type) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$ref", "#/components/schemas/" + type);
    schema.put("components", Map.of("schemas", closedCopy(mapAt("components/schemas"))));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(GSON.toJson(schema), InputFormat.JSON);
  }

  private static Object closedCopy(Object node) {
    if (node instanceof List<?> list) {
      return list.stream().map(AsyncApi::closedCopy).toList();
    }
    if (!(node instanceof Map<?, ?> map)) {
      return node;
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, value) -> copy.put(key.toString(), closedCopy(value)));
    if ("object".equals(map.get("type")) && map.get("properties") instanceof Map) {
      copy.put("additionalProperties", false);
    }
    return copy;
  }
}

package org.lesbillets.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;

/** Serialization of a named server to JSON. Stateless; any thread. */
final class ContextJson {
  private ContextJson() {}

  static JsonObject of(ContextReport context) {
    JsonObject json = new JsonObject();
    json.addProperty("name", context.name());
    json.addProperty("current", context.current());
    json.add("servers", texts(context.servers()));
    json.addProperty("tokenFile", context.token().file());
    json.add("tokenCommand", texts(context.token().command()));
    json.addProperty("timeoutMillis", context.timeoutMillis());
    return json;
  }

  private static JsonElement texts(List<String> texts) {
    if (texts == null) {
      return JsonNull.INSTANCE;
    }
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}

package org.lesbillets.cli.output;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;

/** Serialization of plain data that no message of the wire has to JSON. Stateless. */
public final class DataJson {
  private DataJson() {}

  /**
   * An object, without a line end.
   *
   * @param data maps, lists, texts, whole numbers, flags, nulls
   * @param format JSONL for one line, any other for an indented object
   */
  public static String of(Map<String, Object> data, OutputFormat format) {
    JsonElement json = tree(data);
    return format == OutputFormat.JSONL ? WireJson.line(json) : WireJson.page(json);
  }

  private static JsonElement tree(Object data) {
    if (data instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((name, value) -> object.add(name.toString(), tree(value)));
      return object;
    }
    if (data instanceof List<?> list) {
      JsonArray array = new JsonArray();
      list.forEach(element -> array.add(tree(element)));
      return array;
    }
    if (data instanceof Integer number) {
      return new JsonPrimitive(number);
    }
    if (data instanceof Boolean flag) {
      return new JsonPrimitive(flag);
    }
    return data == null ? JsonNull.INSTANCE : new JsonPrimitive(data.toString());
  }
}

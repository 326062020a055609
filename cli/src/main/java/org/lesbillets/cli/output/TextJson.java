package org.lesbillets.cli.output;

import com.google.gson.JsonObject;

/** Serialization of a plain text for scripts that want JSON. Stateless; any thread. */
public final class TextJson {
  private TextJson() {}

  /**
   * @param name what was asked for
   * @param format one that is JSON
   */
  public static String of(String name, String text, OutputFormat format) {
    JsonObject json = new JsonObject();
    json.addProperty("name", name);
    json.addProperty("text", text);
    return format == OutputFormat.JSON ? WireJson.page(json) : WireJson.line(json);
  }
}
